import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../../scripts/services/service";
import type { Running } from "../../scripts/services/start-process";
import { makeCertificates } from "../../server/collect/doors/test-certificates";

export const USER = "anna";
export const PASSWORD = "correct horse";
/** nobody and nogroup. */
const OWNER = 65_534;

export interface Dovecot {
  readonly imap: number;
  readonly imaps: number;
  /** Of those protocols only that were asked for. */
  readonly pop3: number;
  readonly metrics: number;
  readonly configuration: string;
  readonly lmtp: string;
  readonly caPem: string;
  readonly running: Running;
}

/** A Dovecot below the service's folder, with one user, on loopback. @param protocols as "imap lmtp" */
export async function startDovecot(service: Service, protocols: string): Promise<Dovecot> {
  const [imap, imaps, pop3, metrics] = [
    await service.port(),
    await service.port(),
    await service.port(),
    await service.port(),
  ];
  const at = (name: string) => join(service.folder, name);
  const { caPem, good } = makeCertificates();
  mkdirSync(at("mail"), { mode: 0o777 });
  await service.run("chown", ["nobody:nogroup", at("mail")]);
  writeFileSync(at("cert.pem"), good.cert);
  writeFileSync(at("key.pem"), good.key);
  writeFileSync(at("users"), `${USER}:{PLAIN}${PASSWORD}:${OWNER}:${OWNER}::${at("mail")}::\n`);
  writeFileSync(
    at("dovecot.conf"),
    `base_dir = ${at("run")}
state_dir = ${at("run")}
log_path = ${at("dovecot.log")}
protocols = ${protocols}
listen = 127.0.0.1
ssl = yes
ssl_cert = <${at("cert.pem")}
ssl_key = <${at("key.pem")}
disable_plaintext_auth = no
auth_username_format = %Ln
first_valid_uid = 0
mail_location = maildir:${at("mail")}/%u
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = maildir:Mailbox
  quota_rule = *:storage=1M
}
passdb {
  driver = passwd-file
  args = ${at("users")}
}
userdb {
  driver = passwd-file
  args = ${at("users")}
}
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = ${imaps}
  }
}
service auth {
  unix_listener ${at("auth")} {
    mode = 0666
  }
}
service stats {
  inet_listener http {
    address = 127.0.0.1
    port = ${metrics}
  }
}
metric imap_command {
  filter = event=imap_command_finished
  group_by = cmd_name
}
metric auth_success {
  filter = event=auth_request_finished AND success=yes
}
metric auth_failures {
  filter = event=auth_request_finished AND NOT success=yes
}
`,
  );
  if (protocols.includes("pop3"))
    appendFileSync(at("dovecot.conf"), `service pop3-login {\n  inet_listener pop3 {\n    port = ${pop3}\n  }\n}\n`);
  const lmtp = at("lmtp");
  if (protocols.includes("lmtp"))
    appendFileSync(at("dovecot.conf"), `service lmtp {\n  unix_listener ${lmtp} {\n    mode = 0666\n  }\n}\n`);
  const running = await service.start("dovecot", ["-F", "-c", at("dovecot.conf")], { port: imap });
  return { imap, imaps, pop3, metrics, configuration: at("dovecot.conf"), lmtp, caPem, running };
}
