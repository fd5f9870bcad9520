import { ALERT_TOOLS, DEED_TOOLS } from "./alert-tools";
import { COURSE_TOOLS } from "./course-tools";
import { STATE_TOOLS } from "./state-tools";
import type { Tool } from "./tool";

/** Everything that an assistant can ask for or do, in the order in which it is offered. */
export const TOOLS: readonly Tool[] = [...STATE_TOOLS, ...ALERT_TOOLS, ...COURSE_TOOLS, ...DEED_TOOLS];
