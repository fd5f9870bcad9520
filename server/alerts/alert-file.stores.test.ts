import { describeOnServers } from "../db/test-on-servers";
import { describeAlertFiles } from "./test-alert-file";

describeOnServers(describeAlertFiles);
