import { afterAll, test as anywhere, beforeAll, expect, onTestFailed } from 'vitest'
import { hasBrowser } from '../support/browser.ts'
import { House } from './journey/house.ts'
import {
  bringMedia,
  passCompliance,
  passFinalReview,
  signOnPhone,
  startFromTopic,
  writeScript,
} from './journey/make.ts'
import {
  figures,
  importAgain,
  importVisits,
  importWorks,
  numbersOf,
  readFunnel,
} from './journey/measure.ts'
import {
  allPublished,
  handOff,
  postOnDouyin,
  postOnXiaohongshu,
  publishedByItself,
  schedule,
} from './journey/publish.ts'

const test = anywhere.skipIf(!hasBrowser)
let house: House
beforeAll(async () => {
  if (!hasBrowser) return
  house = await House.open()
}, 240_000)
afterAll(() => house?.close())

test('one topic becomes a signed script, a post on three platforms and a bar of the funnel', async () => {
  onTestFailed(() => house.photograph())

  const operator = await house.signIn('ops.tang')
  const item = await startFromTopic(operator)
  await signOnPhone(house, await writeScript(operator))
  await operator.getByText(/陆闻溪 于 .+ 签发，绑定 v1/).waitFor()
  const reviewer = await house.signIn('reviewer.he')
  await passCompliance(reviewer)
  const producer = await house.signIn('producer.yan')
  await bringMedia(producer, item)
  await passFinalReview(reviewer)

  await schedule(operator, item)
  await publishedByItself(house, operator)
  await postOnDouyin(house, await handOff(house, operator, /抖音/))
  await postOnXiaohongshu(await handOff(house, operator, /小红书/))
  await allPublished(operator, item)

  const manager = await house.signIn('manager.qiwu')
  const before = await figures(manager)
  await importWorks(operator)
  const known = numbersOf(await figures(manager))
  await importAgain(operator)
  expect(numbersOf(await figures(manager))).toEqual(known)
  await importVisits(await house.signIn('advisor.qiu'))
  await readFunnel(manager, before)

  expect(house.complaints).toEqual([])
})
