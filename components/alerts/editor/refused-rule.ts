import { type Refusal, refusalOf } from "@/components/catalogue/refusal";

/** Why a rule was not taken. What is not even of a rule's form is refused with a list, of which the first says most. */
export function refusedRule(error: unknown): Refusal {
  const refusal = refusalOf(error);
  if (!refusal.message.trimStart().startsWith("[")) return refusal;
  try {
    const issues: unknown = JSON.parse(refusal.message);
    const first: unknown = Array.isArray(issues) ? issues[0] : undefined;
    if (typeof first !== "object" || first === null || !("message" in first)) return refusal;
    const path = "path" in first && Array.isArray(first.path) ? first.path.join(".") : "";
    return { message: String(first.message), field: path === "" ? null : path };
  } catch {
    return refusal;
  }
}
