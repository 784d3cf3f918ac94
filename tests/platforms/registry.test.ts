import { platforms as allPlatforms } from '@xingbo/shared/accounts/platform'
import { platformCapabilities } from '@xingbo/shared/publishing/platform-capabilities'
import { describe, expect, test } from 'vitest'
import { apiAdapterOf } from '../../apps/api/src/platforms/platform.port.ts'
import { buildPlatforms } from '../../apps/api/src/platforms/registry.ts'
import { realPlatformSettings } from '../../apps/api/src/platforms/settings.ts'
import { apiContracts } from './contract.ts'

/** The real hosts, without an application and with every switch on: nothing here calls them. */
const registry = buildPlatforms({
  ...realPlatformSettings,
  douyin: { ...realPlatformSettings.douyin, direct: true },
})

describe.each(allPlatforms)('%s', (platform) => {
  const adapter = registry[platform]

  test('is described as the platform is: its way, its limits, each fact with its source and date', () => {
    expect(adapter.platform).toBe(platform)
    expect(adapter.capability).toBe(platformCapabilities[platform])
    const { capability } = adapter
    // The usual way stands in the capability; the API may take another form than a person posts.
    const ways = [capability.route.value, capability.byApi?.route.value]
    expect(ways).toContain(adapter.route)
    const facts = factsIn(capability)
    expect(facts.length).toBeGreaterThanOrEqual(8)
    for (const fact of facts) {
      expect(fact.source).not.toBe('')
      expect(fact.factDate).toMatch(/^20\d\d-[01]\d-[0-3]\d$/)
      expect(['A', 'B', 'C', 'D', '?']).toContain(fact.grade)
    }
  })

  test('has its case here when it can post by API', () => {
    expect(apiContracts[platform] !== undefined).toBe(apiAdapterOf(adapter) !== null)
  })

  test('asks nobody while it has no application', async () => {
    if (adapter.route !== 'manual') expect(adapter.configured).toBe(platform === 'wechat_oa')
  })
})

type FoundFact = { source: string; factDate: string; grade: string }
function factsIn(value: unknown): FoundFact[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'source' in value && 'factDate' in value ? [value as FoundFact] : []
  return [...own, ...Object.values(value).flatMap(factsIn)]
}

test('a platform for a person has nothing that could post by itself', () => {
  for (const platform of allPlatforms) {
    const adapter = registry[platform]
    if (adapter.route === 'manual')
      expect(Object.keys(adapter).sort()).toEqual(['capability', 'platform', 'route'])
  }
})
