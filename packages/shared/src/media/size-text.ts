const steps = [
  [1024 ** 3, 'GB'],
  [1024 ** 2, 'MB'],
  [1024, 'KB'],
] as const

/** Bytes as people read them: 1.2 GB, 345 MB, 67 KB, 12 B. Powers of 1,024, as the platforms' limits mean them. */
export function sizeText(bytes: number): string {
  const [unit, name] = steps.find(([step]) => bytes >= step) ?? [1, 'B']
  const value = bytes / unit
  return `${value >= 10 ? Math.round(value) : Math.round(value * 10) / 10} ${name}`
}
