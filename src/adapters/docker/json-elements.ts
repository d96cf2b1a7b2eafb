/** Takes a JSON array of objects apart while it comes in, so that one of any length costs the memory of one element. */
export interface JsonElements {
  /** Throws a `SyntaxError` for what is no array of objects. */
  push(chunk: string): void;
  /** Throws a `SyntaxError` unless the array has ended. */
  end(): void;
}

/** What can change the state, inside and outside of a text. */
const IN_TEXT = /["\\]/g;
const OUTSIDE = /["[\]{}]/g;
const GAP = /^[\s,]*$/;

/** `onElement` gets the text of each object; of one longer than `maxLength` its beginning of that length. */
export function createJsonElements(
  maxLength: number,
  onElement: (text: string, isWhole: boolean) => void,
): JsonElements {
  const element = createCappedText(maxLength);
  /** 1 between the objects, 2 and more inside of one. */
  let depth = 0;
  let isBegun = false;
  let isInText = false;
  let isEscaped = false;

  /** Takes the character at `i`, which can change the state. What begins at `from` is not accounted for yet. */
  const step = (chunk: string, i: number, from: number): number => {
    const character = chunk[i];
    if (isInText) {
      if (character === '"') isInText = false;
      else isEscaped = true;
      return from;
    }
    if (depth > 1) {
      if (character === '"') isInText = true;
      else depth += character === '{' || character === '[' ? 1 : -1;
      if (depth > 1) return from;
      element.add(chunk.slice(from, i + 1));
      onElement(...element.take());
      return i + 1;
    }
    requireGap(chunk.slice(from, i));
    if (depth === 0 && character === '[' && !isBegun) isBegun = true;
    else if (depth !== 1 || (character !== '{' && character !== ']')) throw new SyntaxError(NOT_A_LIST);
    depth += character === ']' ? -1 : 1;
    return depth === 2 ? i : i + 1;
  };

  return {
    push: (chunk) => {
      let from = 0;
      for (let i = 0; i < chunk.length; i += 1) {
        if (isEscaped) {
          isEscaped = false;
          continue;
        }
        const interesting = isInText ? IN_TEXT : OUTSIDE;
        interesting.lastIndex = i;
        const found = interesting.exec(chunk);
        if (found === null) break;
        i = found.index;
        from = step(chunk, i, from);
      }
      if (depth > 1) element.add(chunk.slice(from));
      else requireGap(chunk.slice(from));
    },
    end: () => {
      if (!isBegun || depth !== 0) throw new SyntaxError('it ends before its time');
    },
  };
}

const NOT_A_LIST = 'it is no JSON array of objects';

function requireGap(text: string): void {
  if (!GAP.test(text)) throw new SyntaxError(NOT_A_LIST);
}

function createCappedText(maxLength: number): {
  readonly add: (part: string) => void;
  readonly take: () => [text: string, isWhole: boolean];
} {
  let parts: string[] = [];
  let length = 0;
  return {
    add: (part) => {
      if (length < maxLength) parts.push(part.slice(0, maxLength - length));
      length += part.length;
    },
    take: () => {
      const taken: [string, boolean] = [parts.join(''), length <= maxLength];
      parts = [];
      length = 0;
      return taken;
    },
  };
}
