import type { CalamityServer } from './servers.ts';

/** What Consul answered at one moment to all that a reader of the catalog may ask. */
export interface RecordedAnswers {
  /** The largest index of all. */
  readonly index: number;
  /** The body for a path below `/v1`, without its query. Empty as Consul has it for what was not there. */
  body(path: string, isUnhealthyOnly: boolean): unknown;
}

interface ListedCheck {
  readonly Status: string;
  readonly ServiceName: string;
}

export async function recordAnswers({ ask }: Pick<CalamityServer, 'ask'>): Promise<RecordedAnswers> {
  const read = async (path: string) => (await ask('GET', `${path}?consistent`)).answer;
  const services = (await read('/catalog/services')) as Readonly<Record<string, readonly string[]>>;
  const nodes = (await read('/catalog/nodes')) as readonly { readonly Node: string; readonly ModifyIndex: number }[];
  const paths = [
    '/health/state/any',
    ...Object.keys(services).map((name) => `/health/service/${name}`),
    ...nodes.map(({ Node }) => `/catalog/node/${Node}`),
  ];
  const answers = await Promise.all(paths.map(async (path) => [path, await read(path)] as const));
  const bodies = new Map<string, unknown>([['/catalog/services', services], ['/catalog/nodes', nodes], ...answers]);
  const indexes = [...JSON.stringify([...bodies]).matchAll(/"ModifyIndex":(\d+)/g)].map(([, index]) => Number(index));
  return {
    index: Math.max(1, ...indexes),
    body: (path, isUnhealthyOnly) => {
      const body = bodies.get(path) ?? emptyBody(path);
      return isUnhealthyOnly ? (body as readonly ListedCheck[]).filter(({ Status }) => Status !== 'passing') : body;
    },
  };
}

/** Consul's way to say that there is nothing. */
export function emptyBody(path: string): unknown {
  if (path === '/catalog/services') return {};
  return path.startsWith('/catalog/node/') ? null : [];
}

/** The same with the services that are named missing from all of it. */
export function without(recorded: RecordedAnswers, lost: ReadonlySet<string>): RecordedAnswers {
  return {
    index: recorded.index,
    body: (path, isUnhealthyOnly) => {
      const body = recorded.body(path, isUnhealthyOnly);
      if (path === '/catalog/services') {
        return Object.fromEntries(Object.entries(body as object).filter(([name]) => !lost.has(name)));
      }
      if (path === '/health/state/any') {
        return (body as readonly ListedCheck[]).filter(({ ServiceName }) => !lost.has(ServiceName));
      }
      if (path.startsWith('/catalog/node/')) return nodeWithout(body, lost);
      return lost.has(path.replace('/health/service/', '')) ? [] : body;
    },
  };
}

interface NodeAnswer {
  readonly Services: Readonly<Record<string, { readonly Service: string }>>;
}

function nodeWithout(body: unknown, lost: ReadonlySet<string>): unknown {
  if (body === null) return null;
  const { Services, ...node } = body as NodeAnswer;
  return {
    ...node,
    Services: Object.fromEntries(Object.entries(Services).filter(([, one]) => !lost.has(one.Service))),
  };
}
