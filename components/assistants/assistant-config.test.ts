import { expect, test } from "vitest";
import { ASSISTANTS, assistantConfig } from "./assistant-config";

test.each(ASSISTANTS)("$name is told the address, and where the token goes", ({ value }) => {
  const config = assistantConfig(value, "https://unity.lan");
  expect(config).toContain("https://unity.lan/mcp");
  expect(config).toContain("Bearer YOUR_TOKEN");
  if (value !== "code") expect(JSON.parse(config)).toHaveProperty("mcpServers.unity");
});

test("an address that is not encrypted is said to be meant so", () => {
  expect(assistantConfig("desktop", "http://nas:3000")).toContain("--allow-http");
  expect(assistantConfig("desktop", "https://nas")).not.toContain("--allow-http");
  expect(JSON.parse(assistantConfig("desktop", "https://nas"))).toHaveProperty(
    "mcpServers.unity.env.AUTH",
    "Bearer YOUR_TOKEN",
  );
});
