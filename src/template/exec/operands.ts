import { BUILTINS } from '../builtins/builtins.ts';
import { callFunction } from '../builtins/call.ts';
import { SeenAs } from '../builtins/collections.ts';
import type { ChainNode, CommandNode, IdentifierNode, OperandNode, PipeNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { textOfValue } from '../value/numbers.ts';
import { isTrue } from '../value/truth.ts';
import { typeOf } from '../value/type-of.ts';
import { type GoType, REFLECT_VALUE } from '../value/types.ts';
import type { GoFunction, Value } from '../value/values.ts';
import { type Argument, type Final, idealValue, literalFor, MISSING, nilFor, validated } from './arguments.ts';
import { type Callee, call, checkCount } from './call.ts';
import { evaluateField, type FieldArguments, followFields, memberType, NO_ARGUMENTS, plainMember } from './fields.ts';
import { fail, findVariable, type Machine, readVariable, setVariable } from './machine.ts';

/** Functions by name. They win over the builtins. */
export type Functions = ReadonlyMap<string, GoFunction>;

/** Something that can be evaluated. */
export type Operand = (machine: Machine) => Value;

/** Something that can be evaluated with arguments behind it. */
type Term = (machine: Machine, given: FieldArguments) => Value;

/** What a pipeline gives, after it has set its variables. Source: Go's `exec.go`, `evalPipeline`. */
export function compilePipe(pipe: PipeNode, functions: Functions): Operand {
  const commands = pipe.commands.map((command) => compileCommand(command, functions));
  const { declarations, isAssignment } = pipe;
  return (machine) => {
    machine.node = pipe;
    let final: Final = MISSING;
    // An interface that holds nil holds nothing.
    for (const command of commands) final = command(machine, final) ?? undefined;
    const value = final === MISSING ? undefined : final;
    for (const { name } of declarations) {
      if (isAssignment) setVariable(findVariable(machine, name), value);
      else machine.variables.push({ name, value, type: undefined });
    }
    return value;
  };
}

/** A command of a pipeline, which gets the value of the one before. Source: Go's `exec.go`, `evalCommand`. */
function compileCommand(command: CommandNode, functions: Functions): (machine: Machine, final: Final) => Value {
  const { first } = command;
  const isSlice = first.kind === 'identifier' && first.name === 'slice' && !functions.has('slice');
  const args = command.args.map((arg, i) =>
    isSlice && i > 0 ? compileSliceIndex(arg, functions) : compileArgument(arg, functions),
  );
  const hasArgs = args.length > 0;
  const term = compileTerm(first, command, functions);
  if (term !== undefined) {
    return (machine, final) => term(machine, hasArgs || final !== MISSING ? { args, final } : NO_ARGUMENTS);
  }
  const operand = compilePlain(first, functions);
  return (machine, final) => {
    // Go goes to a pipeline in parentheses only when it evaluates it.
    if (first.kind !== 'pipe') machine.node = first;
    if (hasArgs || final !== MISSING) fail(machine, `can't give argument to non-function ${nodeText(first)}`);
    return operand(machine);
  };
}

/** An operand that can have arguments; `undefined` for one that cannot. */
function compileTerm(node: OperandNode, owner: CommandNode | OperandNode, functions: Functions): Term | undefined {
  switch (node.kind) {
    case 'field': {
      const [name = '', ...others] = node.fields;
      const isSingle = others.length === 0;
      return (machine, given) => {
        machine.node = node;
        const { dot: value, dotType: type } = machine;
        machine.holder = value;
        if (!isSingle) return followFields(machine, { value, type }, node, given);
        const member = given === NO_ARGUMENTS ? plainMember(value, name) : undefined;
        return member ?? evaluateField(machine, { value, type }, [name, node], given);
      };
    }
    case 'variable':
      return (machine, given) => {
        machine.node = node;
        const variable = readVariable(machine, node.name);
        if (node.fields.length > 0) return followFields(machine, variable, node, given);
        if (given !== NO_ARGUMENTS) fail(machine, `can't give argument to non-function ${nodeText(node)}`);
        return variable.value;
      };
    case 'chain':
      return compileChain(node, functions);
    case 'identifier':
      return compileCall(node, owner, functions);
    default:
      return undefined;
  }
}

/** The fields of what a function or a pipeline in parentheses gives. */
function compileChain(node: ChainNode, functions: Functions): Term {
  const term = compileTerm(node.node, node.node, functions);
  const operand: Operand =
    term === undefined ? compilePlain(node.node, functions) : (machine) => term(machine, NO_ARGUMENTS);
  const result = node.node.kind === 'identifier' ? findFunction(node.node.name, functions)?.type.result : undefined;
  const type = result?.kind === 'interface' ? result : undefined;
  return (machine, given) => {
    machine.node = node;
    if (node.node.kind === 'nil') fail(machine, `indirection through explicit nil in ${nodeText(node)}`);
    machine.node = node.node;
    return followFields(machine, { value: operand(machine), type }, node, given);
  };
}

/** An operand that cannot have arguments. */
function compilePlain(node: OperandNode, functions: Functions): Operand {
  switch (node.kind) {
    case 'pipe':
      return compilePipe(node, functions);
    case 'dot':
      return ({ dot }) => dot;
    case 'bool':
    case 'number':
    case 'string':
      return (machine) => idealValue(machine, node);
    default:
      return (machine) => fail(machine, 'nil is not a command');
  }
}

/** Source: Go's `exec.go`, `evalArg`. */
function compileArgument(node: OperandNode, functions: Functions): Argument {
  const term = compileTerm(node, node, functions);
  if (term !== undefined) {
    return (machine, type) => {
      machine.node = node;
      return validated(machine, term(machine, NO_ARGUMENTS), type);
    };
  }
  if (node.kind === 'bool' || node.kind === 'number' || node.kind === 'string') {
    return (machine, type) => {
      machine.node = node;
      return literalFor(machine, node, type);
    };
  }
  const operand = compilePlain(node, functions);
  return (machine, type) => {
    machine.node = node;
    return node.kind === 'nil' ? nilFor(machine, type) : validated(machine, operand(machine), type);
  };
}

/** An index of `slice`, which minds the type through which Go sees it. */
function compileSliceIndex(node: OperandNode, functions: Functions): Argument {
  const argument = compileArgument(node, functions);
  const result = node.kind === 'identifier' ? findFunction(node.name, functions)?.type.result : undefined;
  const field = 'fields' in node ? node.fields.at(-1) : undefined;
  const seenAs = (machine: Machine): GoType | undefined => {
    if (node.kind === 'dot') return machine.dotType;
    if (field !== undefined) return memberType(machine.holder, field);
    return node.kind === 'variable' ? findVariable(machine, node.name).type : result;
  };
  return (machine, type) => {
    const value = argument(machine, type);
    const seen = value === undefined ? undefined : seenAs(machine);
    return seen?.kind === 'interface' ? new SeenAs(seen) : value;
  };
}

/** A call of a function or a builtin. Errors of the function point at `owner`, those of its arguments at themselves. */
function compileCall(node: IdentifierNode, owner: CommandNode | OperandNode, functions: Functions): Term {
  const { name } = node;
  const target = findFunction(name, functions);
  if (target === undefined) {
    return (machine) => {
      machine.node = node;
      return fail(machine, `"${name}" is not a defined function`);
    };
  }
  const callee: Callee = { name, type: target.type, node: owner, invoke: target.apply };
  const evaluate = evaluation(functions.has(name) ? undefined : name, owner);
  return (machine, { args, final }) => {
    machine.node = node;
    return evaluate(machine, callee, args, final);
  };
}

/** How a function is evaluated: three builtins have ways of their own. */
function evaluation(builtin: string | undefined, owner: CommandNode | OperandNode): typeof call {
  if (builtin === 'and' || builtin === 'or') return evaluateLogic;
  if (builtin !== 'call') return call;
  const firstArg = owner.kind === 'command' ? owner.args[0] : undefined;
  return (machine, callee, args, final) => {
    const name = firstArg === undefined ? describe(final) : nodeText(firstArg);
    const invoke: Callee['invoke'] = (values, context) => callFunction(name, values, context);
    return call(machine, { ...callee, invoke }, args, final);
  };
}

/** `and` and `or` evaluate no further argument than they need. */
function evaluateLogic(machine: Machine, callee: Callee, args: readonly Argument[], final: Final): Value {
  checkCount(machine, callee, args.length, final);
  let value: Value;
  for (const arg of args) {
    value = arg(machine, REFLECT_VALUE);
    if (isTrue(value) === (callee.name === 'or')) return value;
  }
  return final === MISSING ? value : final;
}

function findFunction(name: string, functions: Functions): GoFunction | undefined {
  return functions.get(name) ?? BUILTINS.get(name);
}

/** A value where Go shows its type only. Source: Go's `reflect.Value.String`. */
function describe(value: Final): string {
  if (value === MISSING || value === undefined) return '<invalid Value>';
  return textOfValue(value) ?? `<${typeOf(value).name} Value>`;
}
