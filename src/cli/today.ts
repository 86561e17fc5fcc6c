/** Today's date, as `2026-11-29` in UTC: for warnings alone, since it is a fact of the wall clock. */
export function todayText(): string {
  return new Date().toISOString().slice(0, 10);
}
