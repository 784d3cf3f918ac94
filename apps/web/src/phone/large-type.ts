import { createStoredValue, useValue } from '../lib/value.ts'

const stored = createStoredValue('xingbo.largeType', 'local')
const apply = () => {
  document.documentElement.dataset.type = stored.get() === 'yes' ? 'large' : 'usual'
}
stored.subscribe(apply)
apply()

/** Larger type for reading without glasses; the phone remembers it. */
export const setLargeType = (large: boolean): void => stored.set(large ? 'yes' : null)
export const useLargeType = (): boolean => useValue(stored) === 'yes'
