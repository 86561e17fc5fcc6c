/** The names of the Parquet tables. Its own file because who only names them need not load the writer. */

export const parquetNames = ['summary.parquet', 'timeline.parquet', 'invoice.parquet', 'events.parquet'] as const;
