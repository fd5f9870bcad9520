import { describeOnServers } from "../db/test-on-servers";
import { describeMuting } from "./test-muting";

describeOnServers(describeMuting);
