// Loaded into the daemon by `node --import`, with `?defect=NAME`: puts that defect into the source that it concerns.
import { registerHooks } from 'node:module';
import { DEFECTS } from './defects.ts';

const name = new URL(import.meta.url).searchParams.get('defect');
const defect = DEFECTS.find((one) => one.name === name);
if (defect === undefined) throw new Error(`there is no defect '${name}'`);
const { file, from, to } = defect;

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/src/${file}`)) return loaded;
    const { source = '' } = loaded;
    const text = typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString();
    if (!text.includes(from)) throw new Error(`${file} has no '${from}'`);
    return { ...loaded, source: text.replace(from, to) };
  },
});
