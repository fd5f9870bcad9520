import { analyseAlert } from "./alert-analysis";
import type { BundleTerms } from "./bundle/write-bundle";
import { type DocumentQuestion, listDocuments } from "./documents";
import type { Parts } from "./list-series";
import { makeBundle } from "./make-bundle";
import { type ContextQuestion, findQueryContext } from "./query-context";

/**
 * What Unity knows in forms for those that were not there: assistants, scripts, people far away. Everything is worked out by written rules; no
 * model is asked and nothing leaves the machine. Of a limited sight it tells of that alone.
 */
export function createAssist(parts: Parts, mayAct = false) {
  return {
    /** Assistants with a token that may respond may acknowledge and silence; else they only read. */
    mayAct,
    documents: (asked: DocumentQuestion) => listDocuments(parts, asked),
    context: (asked: ContextQuestion) => findQueryContext(parts, asked),
    analyse: (alertId: string) => analyseAlert(parts, alertId),
    bundle: (terms: BundleTerms) => makeBundle(parts, terms),
  };
}
export type Assist = ReturnType<typeof createAssist>;
