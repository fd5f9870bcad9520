import { describeOnServers } from "../db/test-on-servers";
import { describeAlertBook } from "./test-alert-book";

describeOnServers(describeAlertBook);
