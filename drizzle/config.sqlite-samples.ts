import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./drizzle/schema.sqlite-samples.ts",
  out: "./drizzle/migrations/sqlite-samples",
  casing: "snake_case",
});
