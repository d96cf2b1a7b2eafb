import type { ContainerSnapshot } from '../domain/container.ts';
import { parse, Suspend, type Template, TemplateError, wrap } from '../template/index.ts';
import type { DocumentAnswer } from './contracts.ts';
import { CONTAINER } from './docker-container.ts';
import { TAG_FUNCTIONS, type TagContext } from './tag-functions.ts';

/** A `--tags` that is a template: what it makes differs from container to container. */
export interface TagsTemplate {
  readonly text: string;
  /** The same object as long as it is the same. */
  tagsOf(container: ContainerSnapshot): TemplatedTags;
}

/** What a template made of one container. */
export type TemplatedTags = {
  /** The documents that it has asked for by `httpGet`. */
  readonly urls: readonly string[];
} & (
  | { readonly kind: 'tags'; readonly list: string }
  /** It fails on this container, which goes without its tags. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** A document that has not come yet. The container waits for it. */
  | { readonly kind: 'waiting'; readonly url: string }
);

/** More than any service may have. */
const MAX_LIST_BYTES = 65_536;

/** Whether a `--tags` is to be read as a template. Any other text is one too, and makes itself. */
export function isTagsTemplate(text: string): boolean {
  return text.includes('{{');
}

/** Why a text is no template for tags, with the place; `undefined` if it is one. */
export function tagsTemplateMistake(text: string): TemplateError | undefined {
  try {
    parseTags(text);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
}

/**
 * A template for the tags of containers.
 *
 * @param document what is known of a document that `httpGet` asks for, the same object until that changes.
 * Throws a `TemplateError` for a text that is none.
 * Source: registrator 6bfadbc, `bridge/bridge.go: newService`.
 * Differs: a failure costs one container its tags of the template, where it ended registrator.
 */
export function createTagsTemplate(text: string, document: TagContext['document']): TagsTemplate {
  const template = parseTags(text);
  const made = new WeakMap<ContainerSnapshot, Made>();
  return {
    text,
    tagsOf: (container) => {
      const known = made.get(container);
      if (known !== undefined && [...known.answers].every(([url, answer]) => document(url) === answer))
        return known.tags;
      const answers: Made['answers'] = new Map();
      const ask = (url: string): DocumentAnswer | undefined => {
        const answer = document(url);
        answers.set(url, answer);
        return answer;
      };
      const outcome = evaluate(template, container, { document: ask });
      const tags = { ...outcome, urls: [...answers.keys()] };
      made.set(container, { tags, answers });
      return tags;
    },
  };
}

interface Made {
  readonly tags: TemplatedTags;
  /** What was known of the documents that were asked for. */
  readonly answers: Map<string, DocumentAnswer | undefined>;
}

function parseTags(text: string): Template {
  return parse('tags', text, { functions: TAG_FUNCTIONS });
}

type Outcome =
  | Pick<TemplatedTags & { readonly kind: 'tags' }, 'kind' | 'list'>
  | Pick<TemplatedTags & { readonly kind: 'failed' }, 'kind' | 'reason'>
  | Pick<TemplatedTags & { readonly kind: 'waiting' }, 'kind' | 'url'>;

function evaluate(template: Template, { inspected }: ContainerSnapshot, context: TagContext): Outcome {
  if (inspected === undefined) return { kind: 'failed', reason: 'Docker says too much of it to be kept' };
  try {
    const list = template.execute(wrap(CONTAINER, inspected), { context, maxOutputBytes: MAX_LIST_BYTES });
    return { kind: 'tags', list };
  } catch (error) {
    if (error instanceof Suspend) return { kind: 'waiting', url: error.waitingFor };
    if (error instanceof TemplateError) return { kind: 'failed', reason: error.message };
    throw error;
  }
}
