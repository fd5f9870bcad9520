import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../../scripts/services/service";

/** The file of a Sendmail whose queue is below the service's folder, and whose relay does not answer. */
export async function writeSendmailConfiguration(service: Service, closedPort: number): Promise<string> {
  const at = (name: string) => join(service.folder, name);
  const macros = join(service.unpacked("sendmail-cf"), "usr/share/sendmail/cf");
  mkdirSync(at("mqueue"), { mode: 0o700 });
  chmodSync(at("mqueue"), 0o700);
  writeFileSync(
    at("sendmail.mc"),
    `divert(0)dnl
define(\`confCW_FILE', \`-o ${at("none")}')dnl
OSTYPE(\`linux')dnl
define(\`QUEUE_DIR', \`${at("mqueue")}')dnl
define(\`confPID_FILE', \`${at("sendmail.pid")}')dnl
define(\`STATUS_FILE', \`${at("statistics")}')dnl
define(\`confDONT_BLAME_SENDMAIL', \`GroupWritableDirPathSafe')dnl
define(\`SMART_HOST', \`relay:[127.0.0.1]')dnl
define(\`RELAY_MAILER_ARGS', \`TCP $h ${closedPort}')dnl
undefine(\`ALIAS_FILE')dnl
define(\`confDOMAIN_NAME', \`mx.lab.test')dnl
FEATURE(\`nocanonify')dnl
FEATURE(\`accept_unresolvable_domains')dnl
MAILER(\`smtp')dnl
`,
  );
  const text = await service.run("m4", [`-D_CF_DIR_=${macros}/`, join(macros, "m4/cf.m4"), at("sendmail.mc")]);
  writeFileSync(at("sendmail.cf"), text);
  return at("sendmail.cf");
}
