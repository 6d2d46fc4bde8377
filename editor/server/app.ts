// The studio's local server: the built pages and the policies of one folder, on loopback only. Another site's page cannot
// reach it: the Host must be loopback, and every change needs a header that only the studio's own page may send.

import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { largestPolicy, listPolicies, readOfficial, readPolicy, type StoredPolicy, savePolicy, type Unread } from './store.ts'

const contentSecurity = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

const saveRequest = z.strictObject({ text: z.string(), base: z.string(), toUtf8: z.boolean().optional() })

/** What cannot be read is an answer too: another status would stand on the browser's console as a fault of the page. */
const answerOf = (stored: StoredPolicy | Unread | undefined) =>
  stored === undefined ? { error: 'not-found' } : typeof stored === 'string' ? { error: stored } : stored

/** @param pages folder with the built studio @param folder folder with the policies */
export function studioApp(pages: string, folder: string): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    if (!loopback.test(context.req.header('host') ?? '')) return context.text('only on this machine', 403)
    await next()
    context.header('Content-Security-Policy', contentSecurity)
    context.header('X-Content-Type-Options', 'nosniff')
    context.header('Referrer-Policy', 'no-referrer')
    if (context.req.path.startsWith('/assets/')) context.header('Cache-Control', 'public, max-age=31536000, immutable')
    else context.header('Cache-Control', 'no-store')
    return undefined
  })
  app.get('/api/policies', async (context) => context.json({ policies: await listPolicies(folder) }))
  app.get('/api/policy', async (context) => {
    return context.json(answerOf(await readPolicy(folder, context.req.query('path') ?? '')))
  })
  app.get('/api/text', async (context) => {
    return context.json(answerOf(await readOfficial(folder, context.req.query('path') ?? '')))
  })
  app.use('/api/*', bodyLimit({ maxSize: 4 * largestPolicy, onError: (context) => context.json({ error: 'too-large' }, 413) }))
  app.put('/api/policy', async (context) => {
    if (context.req.header('x-heng') !== 'studio') return context.json({ error: 'forbidden' }, 403)
    const body = saveRequest.safeParse(await context.req.json().catch(() => undefined))
    if (!body.success) return context.json({ error: 'bad-request' }, 400)
    if (Buffer.byteLength(body.data.text) > largestPolicy) return context.json({ error: 'too-large' }, 413)
    const saved = await savePolicy(folder, context.req.query('path') ?? '', body.data.text, body.data.base, body.data.toUtf8)
    if (!saved) return context.json({ error: 'not-found' }, 404)
    return context.json(saved)
  })
  app.onError((error, context) => context.json({ error: error.message }, 500))
  app.use('*', serveStatic({ root: pages }))
  return app
}
