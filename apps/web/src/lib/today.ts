import { bizDate } from '@xingbo/shared/dates'
import { businessZone } from './formats.ts'
import { useValue } from './value.ts'

/** The calendar day (`YYYY-MM-DD`) in the institution's zone, by which documents expire. */
export const useToday = (): string => bizDate(new Date(), useValue(businessZone))
