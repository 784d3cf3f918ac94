/** The few things of a browser that the web's lib touches when it is loaded; imported before it. */
const storage = (): Storage => {
  const held = new Map<string, string>()
  return {
    get length() {
      return held.size
    },
    clear: () => held.clear(),
    getItem: (key) => held.get(key) ?? null,
    key: (index) => [...held.keys()][index] ?? null,
    removeItem: (key) => held.delete(key),
    setItem: (key, value) => held.set(key, value),
  }
}

const browser = {
  localStorage: storage(),
  sessionStorage: storage(),
  addEventListener: () => {},
}
Object.assign(globalThis, {
  window: browser,
  document: { documentElement: { lang: '', dataset: {} } },
})
