import { isRefused } from '../../../src/rendering/functions/refused.ts';
import { createRenderer } from '../../../src/rendering/renderer.ts';
import type { Outcome } from '../gotemplate-case.ts';
import type { ConformanceCase, Suite } from '../suite.ts';
import { templateDifference } from '../template-difference.ts';
import { parseRenderCases, type RenderCase } from './cases.ts';
import { createDataHub, type DataHub } from './data-hub.ts';
import { rendererOptions, replayed } from './replay.ts';
import { startSeededConsul } from './seeded-consul.ts';

/** sprig's functions that make keys, certificates and hashes of passwords. */
const SPRIG_OUT = /^sprig_(gen[A-Z]\w*|buildCustomCert|bcrypt|htpasswd|encryptAES|decryptAES|derivePassword)$/;

let hub: DataHub | undefined;

/** consul-template v0.42.1: what it rendered from the data of `consul-seed.json`. */
export const consulTemplateSuite: Suite = {
  parse: (text) => parseRenderCases(text).map(toCase),
  prepare: async () => {
    const consul = await startSeededConsul(process.env);
    const own = createDataHub(consul.host, consul.port);
    hub = own;
    return async () => {
      await own.stop();
      await consul.stop();
    };
  },
};

function toCase(one: RenderCase): ConformanceCase {
  let outcome: Outcome | undefined;
  return {
    name: one.name,
    skipped: skipReason(one),
    judge: async () => {
      if (hub === undefined) throw new Error('there is no Consul');
      outcome = await replayed(one, hub);
      return templateDifference('consul-template', expected(one), outcome);
    },
    messageAgrees: () => {
      if (outcome === undefined || one.error === undefined || !('message' in outcome)) return undefined;
      return outcome.message === one.error.message;
    },
  };
}

/** Portolan waits for the data that consul-template does not wait for. */
function expected({ output, error, afterFirstPass }: RenderCase): Outcome {
  const text = afterFirstPass ?? output;
  if (text !== undefined) return { output: text };
  return { category: error?.category ?? 'none', message: error?.message ?? 'nothing was recorded' };
}

function skipReason(one: RenderCase): string | undefined {
  if (one.config.error_fatal === false) return 'error_fatal is false';
  const outside = functionsOf(one).find((name) => isRefused(name) || SPRIG_OUT.test(name));
  return outside === undefined || one.config.function_denylist.includes(outside)
    ? undefined
    : `Portolan does not have ${outside}`;
}

/** None of a template that does not parse. */
function functionsOf(one: RenderCase): readonly string[] {
  try {
    return createRenderer(one.template, rendererOptions(one)).template.functions;
  } catch {
    return [];
  }
}
