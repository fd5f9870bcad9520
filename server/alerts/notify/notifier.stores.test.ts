import { describeOnServers } from "../../db/test-on-servers";
import { describeNotifier } from "./test-notifier";

describeOnServers(describeNotifier);
