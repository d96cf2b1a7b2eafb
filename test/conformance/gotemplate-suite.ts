import { errorMessage } from '../../src/lib/errors.ts';
import {
  evaluatedOutcome,
  type Outcome,
  parseTemplateCases,
  recordedOutcome,
  type TemplateCase,
} from './gotemplate-case.ts';
import { CasesUnreadable, type ConformanceCase, type Suite } from './suite.ts';
import { templateDifference } from './template-difference.ts';

/** Go's text/template: what it made of templates. */
export const goTemplateSuite: Suite = {
  parse: (text) => {
    try {
      return parseTemplateCases(text).map(toCase);
    } catch (error) {
      throw new CasesUnreadable(`no recording of templates: ${errorMessage(error)}`);
    }
  },
};

function toCase(one: TemplateCase): ConformanceCase {
  const recorded = recordedOutcome(one);
  let evaluated: Outcome | undefined;
  return {
    name: one.name,
    skipped: undefined,
    judge: async () => {
      evaluated = evaluatedOutcome(one);
      return await Promise.resolve(templateDifference('Go', recorded, evaluated));
    },
    messageAgrees: () => {
      if (evaluated === undefined || !('message' in evaluated && 'message' in recorded)) return undefined;
      return evaluated.message === recorded.message;
    },
  };
}
