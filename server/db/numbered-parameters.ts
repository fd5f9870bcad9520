/** Texts in single quotes, names in double ones, remarks; and the parameters that are left. */
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\?/g;
/** Statements are few and used often; some are built with varying lists. */
const MAX_KNOWN = 500;

/** `?` becomes `$1`, `$2`, ... as PostgreSQL writes parameters. */
export function createNumbering(): (sql: string) => string {
  const known = new Map<string, string>();
  return (sql) => {
    const found = known.get(sql);
    if (found !== undefined) return found;
    let count = 0;
    const numbered = sql.replace(PARTS, (part) => (part === "?" ? `$${++count}` : part));
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(sql, numbered);
    return numbered;
  };
}
