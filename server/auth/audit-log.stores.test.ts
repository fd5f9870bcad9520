import { describeOnServers } from "../db/test-on-servers";
import { describeAuditLog } from "./test-audit-log";

describeOnServers(describeAuditLog);
