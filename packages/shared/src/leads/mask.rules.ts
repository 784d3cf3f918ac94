/** 陆闻溪 → 陆**, so that a list shows who is meant to whoever knows, and nobody to anybody else. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name.trim()]
  return `${first}${'*'.repeat(Math.min(Math.max(rest.length, 1), 2))}`
}

/** +8619900000009 → 199****0009. */
export const maskPhone = (e164: string): string =>
  e164.replace(/^\+86/, '').replace(/^(\d{3})\d+(\d{4})$/, '$1****$2')

/** As people write it, without the country code. */
export const nationalPhone = (e164: string): string => e164.replace(/^\+86/, '')

/**
 * Free text about a patient, fit to be kept in the clear: without the patient's own name and without
 * digits long enough to be a phone, a card or an identity number.
 */
export function withoutPerson(text: string, name: string | null): string {
  const nameless = name && [...name].length > 1 ? text.replaceAll(name, '…') : text
  return nameless.replace(/[0-9０-９](?:[\s\p{Pd}]*[0-9０-９]){6,}/gu, '…')
}
