import { Composer, isAlias, isMap, isScalar, isSeq, Parser } from 'yaml';
import { YamlFault, type YamlNode } from './yaml-node.ts';

export function composeYaml(text: string): YamlNode | undefined {
  const composer = new Composer({ version: '1.1', schema: 'failsafe', merge: false, uniqueKeys: false, prettyErrors: false });
  for (const doc of composer.compose(new Parser().parse(text), true, text.length)) {
    const [error] = doc.errors;
    if (error !== undefined) throw new YamlFault(error.message);
    const anchors = new Map<string, YamlNode>();
    const convert = (node: unknown): YamlNode => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (!target) throw new YamlFault(`unknown anchor '${node.source}' referenced`);
        return { kind: 'alias', name: node.source, target };
      }
      let made: YamlNode = { kind: 'scalar', text: '', tag: '', isPlain: true };
      const anchor = (n: YamlNode, name: string | undefined) => { if (name) anchors.set(name, n); return n; };
      if (isScalar(node)) made = anchor({ kind: 'scalar', text: String(node.value ?? ''), tag: node.tag ?? '', isPlain: (node.type ?? 'PLAIN') === 'PLAIN' && !node.tag }, node.anchor);
      if (isSeq(node)) { const items: YamlNode[] = []; made = anchor({ kind: 'sequence', items }, node.anchor); for (const i of node.items) items.push(convert(i)); }
      if (isMap(node)) { const entries: [YamlNode, YamlNode][] = []; made = anchor({ kind: 'mapping', entries }, node.anchor); for (const p of node.items) entries.push([convert(p.key), convert(p.value)]); }
      return made;
    };
    return doc.contents === null ? undefined : convert(doc.contents);
  }
  return undefined;
}
