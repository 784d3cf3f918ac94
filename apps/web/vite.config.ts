import { readdirSync } from 'node:fs'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const api = process.env.XINGBO_API ?? 'http://127.0.0.1:5180'
const root = import.meta.dirname

/** Every HTML file of this folder is a page of its own; the server decides which address gets which. */
const pages = readdirSync(root).filter((name) => name.endsWith('.html'))

/** In development the phone pages live under the same addresses as in production. */
const phonePages: Plugin = {
  name: 'xingbo:phone-pages',
  configureServer(server) {
    server.middlewares.use((req, _res, next) => {
      if (/^\/m(\/|$|\?)/.test(req.url ?? '')) req.url = '/phone.html'
      next()
    })
  },
}

export default defineConfig({
  root,
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      routesDirectory: './src/routes',
      generatedRouteTree: './src/routeTree.gen.ts',
      quoteStyle: 'single',
      semicolons: false,
      addExtensions: true,
    }),
    react(),
    phonePages,
  ],
  server: {
    host: '127.0.0.1',
    port: 5183,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/healthz', '/readyz', '/media', '/t/'].map((path) => [path, { target: api }]),
    ),
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // antd alone is about 1.2 MB before compression; it is one long-lived chunk of its own on purpose.
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      input: pages.map((name) => `${root}/${name}`),
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'zod', test: /node_modules\/zod\// },
            {
              name: 'charts',
              test: /node_modules\/(recharts|victory-vendor|d3-[^/]+|@reduxjs|react-redux|redux|immer|reselect|decimal\.js-light|es-toolkit)/,
            },
            {
              name: 'calendar',
              test: /node_modules\/(@fullcalendar|@full-ui|temporal-[^/]+|preact)/,
            },
            {
              name: 'antd',
              test: /node_modules\/(antd|@ant-design|@rc-component|@emotion|stylis|dayjs|clsx)\//,
            },
          ],
        },
      },
    },
  },
})
