interface Placed {
  /** Where it stands in the text of its template, in UTF-16 units. Not always its first character: errors point here. */
  readonly position: number;
}

export interface TextNode extends Placed {
  readonly kind: 'text';
  readonly text: string;
}

/** `{{pipeline}}` */
export interface ActionNode extends Placed {
  readonly kind: 'action';
  readonly pipe: PipeNode;
}

export interface ListNode extends Placed {
  readonly kind: 'list';
  readonly nodes: readonly StatementNode[];
}

/** `{{if}}`, `{{range}}` and `{{with}}`, with their `{{else}}`. */
export interface BranchNode extends Placed {
  readonly kind: 'if' | 'range' | 'with';
  readonly pipe: PipeNode;
  readonly list: ListNode;
  readonly elseList: ListNode | undefined;
}

/** `{{break}}` and `{{continue}}` */
export interface JumpNode extends Placed {
  readonly kind: 'break' | 'continue';
}

/** `{{template "name" pipeline}}`; a `{{block}}` is one too. */
export interface TemplateNode extends Placed {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

/** `{{end}}` and `{{else}}`: they end a list and are never in one. */
export interface EndNode extends Placed {
  readonly kind: 'end' | 'else';
}

export type StatementNode = ActionNode | BranchNode | JumpNode | TemplateNode | TextNode;

/** `$a, $b := command | command` */
export interface PipeNode extends Placed {
  readonly kind: 'pipe';
  /** `=` instead of `:=`. */
  readonly isAssignment: boolean;
  readonly declarations: readonly VariableNode[];
  /** At least one. */
  readonly commands: readonly CommandNode[];
}

/** Operands side by side: the first is what is done with the others. */
export interface CommandNode extends Placed {
  readonly kind: 'command';
  readonly first: OperandNode;
  readonly args: readonly OperandNode[];
}

/** The name of a function. */
export interface IdentifierNode extends Placed {
  readonly kind: 'identifier';
  readonly name: string;
}

/** `$x.A.B` */
export interface VariableNode extends Placed {
  readonly kind: 'variable';
  /** With its `$`. */
  readonly name: string;
  readonly fields: readonly string[];
}

/** `.A.B` */
export interface FieldNode extends Placed {
  readonly kind: 'field';
  /** At least one. */
  readonly fields: readonly string[];
}

/** `(pipeline).A.B`, `function.A.B` */
export interface ChainNode extends Placed {
  readonly kind: 'chain';
  readonly node: OperandNode;
  /** At least one. */
  readonly fields: readonly string[];
}

/** `.` and `nil` */
export interface WordNode extends Placed {
  readonly kind: 'dot' | 'nil';
}

export interface BoolNode extends Placed {
  readonly kind: 'bool';
  readonly isTrue: boolean;
}

/** A number has a value in each kind that can hold it: which one counts is known when it is used. */
export interface NumberNode extends Placed {
  readonly kind: 'number';
  readonly text: string;
  /** Fits an int64. */
  readonly int: bigint | undefined;
  /** Fits a uint64. */
  readonly uint: bigint | undefined;
  readonly float: number | undefined;
  readonly complex: { readonly re: number; readonly im: number } | undefined;
}

export interface StringNode extends Placed {
  readonly kind: 'string';
  /** As it was written, with its quotes. */
  readonly quoted: string;
  readonly text: string;
}

export type OperandNode =
  | BoolNode
  | ChainNode
  | FieldNode
  | IdentifierNode
  | NumberNode
  | PipeNode
  | StringNode
  | VariableNode
  | WordNode;

export type Node = CommandNode | EndNode | ListNode | OperandNode | StatementNode;

/** One template of a text: the text itself, or one of its `{{define}}` and `{{block}}`. */
export interface Tree {
  readonly name: string;
  /** The name that was given with the whole text. */
  readonly parseName: string;
  readonly text: string;
  readonly root: ListNode;
}

/** What Go takes for a blank; JavaScript's `\s` differs in U+0085 and U+FEFF. */
const BLANKS = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

/** Whether a template is nothing but blanks, so that it does not take the place of another of its name. */
export function isEmptyList({ nodes }: ListNode): boolean {
  return nodes.every((node) => node.kind === 'text' && BLANKS.test(node.text));
}

/** Whether a node ends a list instead of being in one. */
export function isEnd(node: EndNode | StatementNode): node is EndNode {
  return node.kind === 'end' || node.kind === 'else';
}
