import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of 8 MB that can be filled up; only where this process may mount one. */
function mount() {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-disk-'))
  const spare = mkdtempSync(join(tmpdir(), 'xingbo-spare-'))
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dir])
  const ballast = join(dir, 'ballast')
  const unmount = () => {
    spawnSync('umount', [dir])
    rmSync(dir, { recursive: true, force: true })
    rmSync(spare, { recursive: true, force: true })
  }
  return {
    ok: made.status === 0,
    dir,
    spare,
    unmount,
    fill() {
      for (let size = 1 << 20; size >= 4096; size /= 4)
        try {
          for (;;) appendFileSync(ballast, Buffer.alloc(size))
        } catch {
          // Full for pieces of this size; a page is the smallest there is.
        }
    },
    makeRoom: () => rmSync(ballast),
  }
}

const probe = mount()
probe.unmount()

export const smallDisk = { mount, skip: probe.ok ? null : 'no right to mount a small disk here' }
