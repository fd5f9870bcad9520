import { expect, test } from "vitest";
import { CollectError } from "./errors";
import { holdOffLogin } from "./hold-off";
import { createMemory } from "./memory";

function setUp() {
  const clock = { now: 1_000_000 };
  const memory = createMemory(() => clock.now);
  let logins = 0;
  const login = (outcome: "welcome" | CollectError) =>
    holdOffLogin({ memory, now: clock.now }, async () => {
      logins += 1;
      if (outcome === "welcome") return outcome;
      throw outcome;
    });
  return { clock, login, logins: () => logins };
}
const wrong = new CollectError("auth", "nas.lab refused the password.", { hint: "Check it." });

test("does not log in again for five minutes after a refusal, and says the same", async () => {
  const { clock, login, logins } = setUp();
  await expect(login(wrong)).rejects.toMatchObject({ reason: "auth" });
  clock.now += 299_000;
  await expect(login("welcome")).rejects.toMatchObject({
    reason: "auth",
    message: "nas.lab refused the password.",
    hint: "Check it.",
  });
  expect(logins()).toBe(1);
  clock.now += 1_000;
  expect(await login("welcome")).toBe("welcome");
});

test("other failures are tried again at once", async () => {
  const { login, logins } = setUp();
  await expect(login(new CollectError("unreachable", "Down."))).rejects.toMatchObject({ reason: "unreachable" });
  expect(await login("welcome")).toBe("welcome");
  expect(logins()).toBe(2);
});
