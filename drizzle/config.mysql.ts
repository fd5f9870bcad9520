import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "mysql",
  schema: "./drizzle/schema.mysql.ts",
  out: "./drizzle/migrations/mysql",
  casing: "snake_case",
});
