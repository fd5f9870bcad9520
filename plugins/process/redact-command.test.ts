import { expect, test } from "vitest";
import { redactCommand } from "./redact-command";

test.each([
  [["nginx", "-g", "daemon off;"], "nginx -g daemon off;"],
  [["mysql", "--password=hunter2", "-u", "root"], "mysql --password=*** -u root"],
  [["mysql", "--password", "hunter2", "db"], "mysql --password *** db"],
  [["mysql", "--password", "12345678"], "mysql --password ***"],
  [["mysql", "--password", "--user", "bob"], "mysql --password --user bob"],
  [["mysql", "-phunter2"], "mysql -p***"],
  [["sshpass", "-p", "hunter2", "ssh", "nas"], "sshpass -p *** ssh nas"],
  [["docker", "run", "-p", "8080:80", "web"], "docker run -p 8080:80 web"],
  [["mkdir", "-p", "/srv/data"], "mkdir -p /srv/data"],
  [["redis-cli", "-a", "hunter2", "ping"], "redis-cli -a *** ping"],
  [["curl", "-u", "bob:hunter2", "https://nas.lab"], "curl -u bob:*** https://nas.lab"],
  [["curl", "--user=bob:hunter2"], "curl --user=bob:***"],
  [["curl", "-H", "Authorization: Bearer abc.def"], "curl -H Authorization:***"],
  [["curl", "-H", "X-Api-Key: abc"], "curl -H X-Api-Key:***"],
  [["tool", "Bearer", "abc.def"], "tool Bearer ***"],
  [["psql", "postgres://bob:hun/ter2@db.lab/app"], "psql postgres://bob:***@db.lab/app"],
  [["git", "clone", "https://aaaabbbbccccddddeeee@git.lab/x"], "git clone https://***@git.lab/x"],
  [["app", "https://x.lab/?user=a&token=abc&page=2"], "app https://x.lab/?user=a&token=***&page=2"],
  [["app", '{"user":"a","password":"x"}'], 'app {"user":"a","password":***'],
  [["java", "-Dspring.datasource.password=x", "-jar", "app.jar"], "java -Dspring.datasource.password=*** -jar app.jar"],
  [["docker", "run", "-e", "MYSQL_ROOT_PASSWORD=x", "db"], "docker run -e MYSQL_ROOT_PASSWORD=*** db"],
  [["sh", "-c", "cd /x; PGPASSWORD=x psql --token 'a b' -l"], "sh -c cd /x; PGPASSWORD=*** psql --token *** -l"],
  [["sh", "-c", "PGPASSWORD=x psql"], "sh -c PGPASSWORD=***"],
  [["app", "--password=my long secret", "-v"], "app --password=*** -v"],
  [["app", "--password", "my long secret", "-v"], "app --password *** -v"],
  [["app --secret-key abc --port 80"], "app --secret-key *** --port 80"],
  [["--token abc --port 80"], "--token *** --port 80"],
  [["app", "--keyboard=us", "--key-file=/etc/k", "--key", "k1"], "app --keyboard=us --key-file=/etc/k --key ***"],
  [["app", "ghp_0123456789abcdef", "--x=sk-abc"], "app *** --x=***"],
  [["app", "\u001b[2Jx", "a\nb"], "app \\033[2Jx a b"],
  [[""], ""],
])("%j is shown as %j", (args, shown) => {
  expect(redactCommand(args)).toBe(shown);
});

test("a long line is cut after what is secret was hidden", () => {
  const shown = redactCommand([`--token=${"s".repeat(4_000)}`, "x".repeat(4_000)]);
  expect(shown).toHaveLength(300);
  expect(shown).toMatch(/^--token=\*\*\* x+…$/);
});

test.each(["://".repeat(1_300), "pass".repeat(1_000), `"'`.repeat(2_000), "=:".repeat(2_000), "-p ".repeat(1_300)])(
  "a contrived line costs no more than others (%#)",
  (line) => {
    const startedAt = performance.now();
    redactCommand([line]);
    expect(performance.now() - startedAt).toBeLessThan(200);
  },
);
