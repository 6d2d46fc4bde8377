// The studio's local server: the built pages and the policies of one folder, on loopback only. Another site's page cannot
// reach it: the Host must be loopback, and every change needs a header that only the studio's own page may send.

import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { draftSchema, peopleChangeSchema, type Standing } from '../desk.ts'
import type { Desk } from './desk.ts'
import { fileHash, findLines, headsOf, largestPolicy, listPolicies, readBeside, readPolicy, type StoredPolicy, savePolicy, type Unread } from './store.ts'

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

/** More lines nobody looks through. */
const mostFound = 50

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

const saveRequest = z.strictObject({ text: z.string(), base: z.string(), toUtf8: z.boolean().optional() })

/** What cannot be read is an answer too: another status would stand on the browser's console as a fault of the page. */
const answerOf = (stored: StoredPolicy | Unread | undefined) =>
  stored === undefined ? { error: 'not-found' } : typeof stored === 'string' ? { error: stored } : stored

const draftRequest = z.strictObject({ draft: draftSchema.nullable(), from: z.int(), leaves: z.boolean() })
const asideRequest = z.strictObject({ draft: draftSchema })
const peopleRequest = z.strictObject({ changes: z.array(peopleChangeSchema) })

/** The path of a policy, there or not: a draft may outlive its file. */
const pathOf = (context: Context): string => context.req.query('path') ?? ''

/** @param pages folder with the built studio @param folder folder with the policies @param desk where drafts and people of them are kept */
export function studioApp(pages: string, folder: string, desk: Desk): Hono {
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
  app.use('/api/*', bodyLimit({ maxSize: 4 * largestPolicy, onError: (context) => context.json({ error: 'too-large' }, 413) }))
  app.use('/api/*', async (context, next) => {
    if (context.req.method !== 'GET' && context.req.header('x-heng') !== 'studio') return context.json({ error: 'forbidden' }, 403)
    return next()
  })
  policyRoutes(app, folder)
  deskRoutes(app, desk)
  app.get('/api/studio', (context) => context.json({ desk: desk.folder }))
  app.get('/api/policies', async (context) => {
    const policies = await listPolicies(folder)
    return context.json({ policies, drafts: await desk.drafts(), heads: await headsOf(folder, policies) })
  })
  const draftOf = async (path: string) => (await desk.draft(path)).draft?.text
  app.get('/api/search', async (context) => context.json(await findLines(folder, context.req.query('words') ?? '', mostFound, draftOf)))
  app.get('/api/standing', async (context) => {
    const path = pathOf(context)
    const [hash, draft, people] = await Promise.all([fileHash(folder, path), desk.draft(path), desk.people(path)])
    return context.json({ hash, draft: draft.revision, people: people.revision } satisfies Standing)
  })
  app.onError((error, context) => context.json({ error: error.message }, 500))
  app.use('*', serveStatic({ root: pages }))
  return app
}

function policyRoutes(app: Hono, folder: string) {
  app.get('/api/policy', async (context) => context.json(answerOf(await readPolicy(folder, pathOf(context)))))
  app.get('/api/text', async (context) => context.json(answerOf(await readBeside(folder, pathOf(context)))))
  app.put('/api/policy', async (context) => {
    const body = saveRequest.safeParse(await context.req.json().catch(() => undefined))
    if (!body.success) return context.json({ error: 'bad-request' }, 400)
    if (Buffer.byteLength(body.data.text) > largestPolicy) return context.json({ error: 'too-large' }, 413)
    const saved = await savePolicy(folder, pathOf(context), body.data.text, body.data.base, body.data.toUtf8)
    return saved ? context.json(saved) : context.json({ error: 'not-found' }, 404)
  })
}

function deskRoutes(app: Hono, desk: Desk) {
  const bad = { error: 'bad-request' } as const
  app.get('/api/draft', async (context) => context.json(await desk.draft(pathOf(context))))
  app.put('/api/draft', async (context) => {
    const body = draftRequest.safeParse(await context.req.json().catch(() => undefined))
    if (!body.success) return context.json(bad, 400)
    const { draft, from, leaves } = body.data
    return context.json(await desk.keepDraft(pathOf(context), draft ?? undefined, from, leaves))
  })
  app.post('/api/aside', async (context) => {
    const body = asideRequest.safeParse(await context.req.json().catch(() => undefined))
    return body.success ? context.json(await desk.setAside(pathOf(context), body.data.draft)) : context.json(bad, 400)
  })
  app.delete('/api/aside', async (context) => context.json(await desk.dropAside(pathOf(context), context.req.query('id') ?? '')))
  app.get('/api/people', async (context) => context.json(await desk.people(pathOf(context))))
  app.post('/api/people', async (context) => {
    const body = peopleRequest.safeParse(await context.req.json().catch(() => undefined))
    return body.success ? context.json(await desk.changePeople(pathOf(context), body.data.changes)) : context.json(bad, 400)
  })
}
