import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { isAddress } from '../lib/addresses.ts';
import type { AdminView } from './view.ts';

/** Who may ask: everybody who reaches the listener, or who knows the token. */
export interface Access {
  /** Whether only this machine reaches the listener. */
  readonly isLocal: boolean;
  /** Whether the listener is a socket file: then whoever may open it may ask. */
  readonly isSocket: boolean;
  /** The token of the moment; `undefined` when there is none. */
  readonly token: () => string | undefined;
  /** Compares without telling by its time how much was right. */
  readonly isEqual: (a: string, b: string) => boolean;
}

/** The routes of the admin server for one listener. Health is open to all; what changes something needs the token. */
export function adminRoutes(view: AdminView, access: Access, onDefect: (error: Error) => void): Hono {
  const app = new Hono();
  app.use(securityHeaders);
  if (!access.isSocket) app.use(refuseForeignHosts);

  app.get('/livez', (context) => context.text(view.isAlive() ? 'ok\n' : 'not alive\n', view.isAlive() ? 200 : 503));
  app.get('/readyz', (context) => {
    const parts = view.parts();
    const isReady = parts.every((part) => part.isReady);
    const lines = parts.map(
      ({ name, isReady: ready, reason }) =>
        `[${ready ? '+' : '-'}] ${name}${reason === undefined ? '' : `: ${reason}`}\n`,
    );
    const isVerbose = context.req.query('verbose') !== undefined || !isReady;
    return context.text((isVerbose ? lines.join('') : '') + (isReady ? 'ok\n' : 'not ready\n'), isReady ? 200 : 503);
  });

  app.use('/api/*', requireToken(access));
  app.get('/api/v1/status', (context) => context.json(view.status() as object));
  app.get('/api/v1/services', (context) => context.json(view.services() as object));
  app.get('/api/v1/explain', (context) => explain(context, view));
  app.post('/api/v1/release', requireToken({ ...access, isLocal: false }), (context) => {
    const released = view.release(context.req.queries('service') ?? []);
    if (released === undefined)
      return context.json({ error: 'nothing is kept here: this Portolan does not route' }, 503);
    return context.json(released as object);
  });
  app.onError((error, context) => {
    onDefect(error);
    return context.json({ error: 'this is a defect of Portolan; its log has more' }, 500);
  });
  app.notFound((context) => context.json({ error: `there is no ${context.req.method} ${context.req.path}` }, 404));
  return app;
}

function explain(context: Context, view: AdminView): Response {
  const container = context.req.query('container');
  if (!container) return context.json({ error: 'say which one: /api/v1/explain?container=NAME' }, 400);
  const answer = view.explain(container);
  switch (answer.kind) {
    case 'found':
      return context.json(answer.explanation as object);
    case 'unknown':
      return context.json({ error: answer.reason, nearest: answer.nearest }, 404);
    case 'not-ready':
      return context.json({ error: answer.reason }, 503);
  }
}

const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('Cache-Control', 'no-store');
  context.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  context.header('X-Content-Type-Options', 'nosniff');
};

/**
 * A page of a stranger can make a browser resolve the stranger's name to this address. Such requests carry that name,
 * so only addresses and names that always mean this machine are answered.
 */
const refuseForeignHosts: MiddlewareHandler = async (context, next) => {
  const host = hostNameOf(context);
  if (isAddress(host) || host === 'localhost' || host.endsWith('.localhost')) return await next();
  return context.json({ error: `the host name ${host} is not one of this machine; ask by its IP address` }, 403);
};

function hostNameOf(context: Context): string {
  const host = context.req.header('host') ?? '';
  return host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}

function requireToken({ isLocal, isSocket, token, isEqual }: Access): MiddlewareHandler {
  return async (context, next) => {
    if (isSocket || isLocal) return await next();
    const wanted = token();
    const given = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
    if (wanted !== undefined && given !== undefined && isEqual(wanted, given)) return await next();
    const hint = wanted === undefined ? 'start Portolan with --admin-token-file' : 'send Authorization: Bearer TOKEN';
    return context.json({ error: `a token is needed beyond this machine, and to change something: ${hint}` }, 401);
  };
}
