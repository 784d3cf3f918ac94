import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest'

/** Noise fails: whatever writes to console.error or console.warn is a defect of the test or of the product. */
let errors: MockInstance
let warnings: MockInstance
beforeEach(() => {
  errors = vi.spyOn(console, 'error')
  warnings = vi.spyOn(console, 'warn')
})
afterEach(() => {
  expect(errors.mock.calls).toEqual([])
  expect(warnings.mock.calls).toEqual([])
})
