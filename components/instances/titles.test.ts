import { expect, test } from "vitest";
import { titleOf } from "./titles";

test.each([
  [{ name: "vm", host: "vm", pluginName: "Disk", target: "/" }, "Disk", "vm"],
  [{ name: "Books", host: "nas", pluginName: "PostgreSQL", target: "db:5432" }, "Books", "PostgreSQL · nas · db:5432"],
  [{ name: "Docker", host: "nas", pluginName: "Docker", target: "" }, "Docker", "nas"],
  [{ name: "web", host: "nas", pluginName: "Web service", target: "nas" }, "web", "Web service · nas"],
])("%o is %s, %s", (instance, title, about) => {
  expect(titleOf(instance)).toEqual({ title, about });
});
