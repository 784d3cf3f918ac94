import { z } from 'zod'
import { defineEndpoint } from '../contract.ts'
import { languages } from '../text.ts'
import { roles } from './actor.ts'

/** 12 is the least a person may choose (OWASP ASVS 6.2.1 asks for 8, 15 is its advice); 128 bounds the hashing. */
export const password = z.string().min(12).max(128)
export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)

export const membership = z.object({
  institutionId: z.string(),
  institutionName: z.string(),
  role: z.enum(roles),
})

export const me = z.object({
  userId: z.string(),
  username: z.string(),
  displayName: z.string(),
  language: z.enum(languages),
  institutionId: z.string(),
  institutionName: z.string(),
  institutionShortName: z.string(),
  timeZone: z.string(),
  role: z.enum(roles),
  doctorId: z.string().nullable(),
  /** Every institution this person may switch to, the present one included. */
  memberships: z.array(membership),
  /** Set when signed in by a single-use link: the only thing this session may touch. */
  scope: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('sign_off'), contentId: z.string() }),
      z.object({ kind: z.literal('hand_off'), publicationId: z.string() }),
    ])
    .nullable(),
  demo: z.boolean(),
})
export type Me = z.infer<typeof me>

export const getSetup = defineEndpoint({
  route: 'GET /api/setup',
  summary: 'Whether the first institution is still to be created',
  response: z.object({ needed: z.boolean(), demo: z.boolean() }),
})

export const runSetup = defineEndpoint({
  route: 'POST /api/setup',
  summary: 'Create the first institution and its administrator, with the token from the terminal',
  body: z.object({
    token: z.string().trim().min(1).max(100),
    institutionName: z.string().trim().min(2).max(60),
    shortName: z.string().trim().min(2).max(20),
    city: z.string().trim().max(30).default(''),
    displayName: z.string().trim().min(1).max(30),
    username,
    password,
  }),
  response: me,
})

export const login = defineEndpoint({
  route: 'POST /api/login',
  summary: 'Sign in with a password',
  body: z.object({
    username: z.string().trim().toLowerCase().min(1).max(40),
    password: z.string().min(1).max(128),
  }),
  response: me,
})

export const openLinkSession = defineEndpoint({
  route: 'POST /api/link-session',
  summary: 'Exchange a single-use link for a session that may touch one item',
  body: z.object({ token: z.string().min(20).max(100) }),
  response: me,
})

const done = z.object({ done: z.literal(true) })

export const logout = defineEndpoint({
  route: 'POST /api/logout',
  summary: 'End this session',
  response: done,
})

export const getMe = defineEndpoint({
  route: 'GET /api/me',
  summary: 'Who is signed in, where and as what',
  response: me,
})

export const switchInstitution = defineEndpoint({
  route: 'POST /api/me/institution',
  summary: 'Work in another institution of mine',
  body: z.object({ institutionId: z.string().max(60) }),
  response: me,
})

export const signOutEverywhere = defineEndpoint({
  route: 'POST /api/me/sign-out-everywhere',
  summary: 'End every session of mine, this one included',
  response: z.object({ ended: z.int() }),
})

export const changePassword = defineEndpoint({
  route: 'POST /api/me/password',
  summary: 'Change my password; every other session of mine ends',
  body: z.object({ current: z.string().min(1).max(128), next: password }),
  response: done,
})
