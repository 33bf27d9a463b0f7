import { viewReads } from '#server/desk/view-reads.ts'
import { admins, agents, everyone, operators, staff, type Row } from './cell.ts'

const why = { reason: 'They wrote to us about it' }
const at = (act: string, body: object) => (account: string) => ({
  path: `/api/desk/accounts/:app/${account}/${act}`,
  body: { ...why, ...body },
})

/** Another session's, although of the same person: it is nobody's here. */
const view: Row = { who: staff, thing: 'view', own: 'missing' }

/** What staff ask. `:app` stands for the app of the account that is theirs to look at. */
export const deskRoutes = {
  'GET /sign-in/start': { who: everyone },
  'GET /sign-in/back': { who: everyone },
  'GET /api/desk/session': { who: staff },
  'POST /api/desk/session/end': { who: everyone, ask: () => ({ body: {} }), wears: true },
  'GET /api/desk/insight': { who: staff },
  'GET /api/desk/audit': { who: admins },
  'GET /api/desk/audit/export': { who: admins },
  'POST /api/desk/search': { who: staff, ask: () => ({ body: { query: 'acct_nobody' } }) },
  'GET /api/desk/accounts/:app/:account': {
    who: staff,
    thing: 'account',
    ask: (id) => ({ path: `/api/desk/accounts/:app/${id}` }),
  },
  'GET /api/desk/accounts/:app/:account/acts': {
    who: staff,
    thing: 'account',
    ask: (id) => ({ path: `/api/desk/accounts/:app/${id}/acts` }),
  },
  'POST /api/desk/accounts/:app/:account/view-as': { who: agents, thing: 'account', ask: at('view-as', {}) },
  'POST /api/desk/accounts/:app/:account/grace': {
    who: operators,
    thing: 'account',
    ask: at('grace', { until: Math.floor(Date.now() / 1_000) + 5 * 86_400 }),
  },
  'POST /api/desk/accounts/:app/:account/goodwill': {
    who: operators,
    thing: 'account',
    ask: at('goodwill', { gift: { kind: 'credits', credits: 1 } }),
  },
  'POST /api/desk/accounts/:app/:account/re-read': { who: agents, thing: 'account', ask: at('re-read', {}) },
  'POST /api/desk/accounts/:app/:account/revoke-sessions': {
    who: operators,
    thing: 'account',
    ask: at('revoke-sessions', { who: { kind: 'guests' } }),
  },
  'POST /api/desk/accounts/:app/:account/notes': {
    who: agents,
    thing: 'account',
    ask: at('notes', { about: { kind: 'reason', reason: 'account_frozen' }, text: 'Hello' }),
  },
  'POST /api/desk/accounts/:app/:account/notes/:note/close': {
    who: agents,
    thing: 'note',
    ask: (note) => ({ path: `/api/desk/accounts/:app/:account/notes/${note}/close`, body: why }),
    // It is closed once.
    own: (caller) => (caller === 'staff agent' ? 'done' : 'missing'),
  },
  'POST /api/desk/accounts/:app/:account/hold': { who: operators, thing: 'account', ask: at('hold', {}) },
  'POST /api/desk/accounts/:app/:account/lift-hold': {
    who: operators,
    thing: 'account',
    ask: at('lift-hold', {}),
    own: (caller) => (caller === 'staff operator' ? 'done' : 'invalid'),
  },
  'POST /api/desk/accounts/:app/:account/unmask': {
    who: agents,
    thing: 'account',
    ask: at('unmask', { field: 'member:pia:email' }),
  },
  'POST /api/desk/accounts/:app/:account/send-link': {
    who: agents,
    thing: 'account',
    ask: at('send-link', { member: 'pia', by: 'hand' }),
  },
  'GET /api/desk/accounts/:app/:account/timeline': {
    who: staff,
    thing: 'account',
    ask: (id) => ({ path: `/api/desk/accounts/:app/${id}/timeline` }),
  },
  'POST /api/desk/accounts/:app/:account/events/:id/resend': {
    who: operators,
    thing: 'event',
    ask: (id) => ({ path: `/api/desk/accounts/:app/:account/events/${id}/resend`, body: why }),
  },
  'GET /api/desk/as/:view': view,
  ...Object.fromEntries(Object.keys(viewReads).map((path) => [`GET /api/desk/as/:view${path}`, view])),
} satisfies Record<string, Row>
