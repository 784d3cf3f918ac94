// Writes src/routeTree.gen.ts from the files in src/routes, as `vite dev` and `vite build` also do.
// Run it after adding, renaming or removing a route: npm run routes -w @xingbo/web
import { resolveConfig } from 'vite'

await resolveConfig({ configFile: `${import.meta.dirname}/vite.config.ts` }, 'build')
