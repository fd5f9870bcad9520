import { describeOnServers } from "../db/test-on-servers";
import { describeAccounts } from "./test-accounts";

describeOnServers(describeAccounts);
