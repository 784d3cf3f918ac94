import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setPriority } from 'node:os'
import type { Settings } from '../../../env.ts'

export type Tool = 'ffmpeg' | 'ffprobe'

const systemPlaces = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
const fromHere = createRequire(import.meta.url)

/** What was set, else the system's, else the one that came with npm (its binaries lie inside the package). */
export function toolPath(
  tool: Tool,
  settings: Pick<Settings, 'ffmpegPath' | 'ffprobePath'>,
): string {
  const set = tool === 'ffmpeg' ? settings.ffmpegPath : settings.ffprobePath
  if (set) return set
  const own = systemPlaces.map((place) => `${place}/${tool}`).find((path) => existsSync(path))
  if (own) return own
  try {
    return (fromHere(`@${tool}-installer/${tool}`) as { path: string }).path
  } catch {
    throw new Error(`no ${tool} on this machine; set ${tool.toUpperCase()}_PATH to one`)
  }
}

export type Run = {
  readonly ended: 'ok' | 'failed' | 'timeout'
  readonly stdout: string
}
/** The product is stopping: nothing is known about the file, the check runs again after the next start. */
export class ToolStopped extends Error {}

/** Enough for the JSON of a film with many tracks; what comes beyond is dropped. */
const outputLimit = 1024 * 1024
/** Address space: decoding 4K with all its reference frames takes about 0.6 GB. */
const memoryKilobytes = 2 * 1024 * 1024

const running = new Set<ChildProcess>()
const stopped = new WeakSet<ChildProcess>()

/** Ends what runs, at once; called when the product stops. */
export function stopTools(): void {
  for (const child of running) {
    stopped.add(child)
    end(child)
  }
}

/** The tool leads a process group of its own, so that whatever it started ends with it. */
function end(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself meanwhile.
  }
}

/**
 * Runs ffmpeg or ffprobe on a file a stranger may have made: no environment, no input, low priority, little
 * memory, and no longer than `seconds`. Whatever it says on stderr is dropped: it repeats parts of the file.
 */
export function runTool(path: string, args: readonly string[], seconds: number): Promise<Run> {
  // The shell sets the limits and then becomes the tool. Systems that lack one of them run without it.
  const limits = `ulimit -v ${memoryKilobytes} 2>/dev/null; ulimit -t ${seconds} 2>/dev/null`
  const [command, all] =
    process.platform === 'win32'
      ? [path, args]
      : ['/bin/sh', ['-c', `${limits}; exec "$0" "$@"`, path, ...args]]
  return new Promise((resolve, reject) => {
    const child = spawn(command, all, {
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    running.add(child)
    let late = false
    const timer = setTimeout(() => {
      late = true
      end(child)
    }, seconds * 1000)
    let stdout = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text: string) => {
      if (stdout.length < outputLimit) stdout += text
    })
    const done = () => {
      clearTimeout(timer)
      running.delete(child)
    }
    child.once('error', (error) => {
      done()
      reject(error)
    })
    child.once('close', (code, signal) => {
      done()
      if (stopped.has(child)) return reject(new ToolStopped())
      // The CPU limit ends a tool with SIGXCPU or SIGKILL before our own clock does.
      const outOfTime = late || signal === 'SIGXCPU' || signal === 'SIGKILL'
      // 126 and 127 are the shell's: the tool itself could not be started.
      if (code === 126 || code === 127) return reject(new Error(`cannot run ${path}`))
      resolve({ ended: outOfTime ? 'timeout' : code === 0 ? 'ok' : 'failed', stdout })
    })
    try {
      if (child.pid) setPriority(child.pid, 10)
    } catch {
      // Already ended, or not allowed here; it then runs at normal priority.
    }
  })
}
