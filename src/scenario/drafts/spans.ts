/**
 * Recorded traces to one form: a list of spans with who asked whom, whatever tool recorded them (OpenTelemetry's JSON,
 * whole or a line an export; Jaeger's). Its own file because what is made of spans does not care where they are from.
 */
import { at, fieldsOf, listOf, numberOf, textOf } from './parts.js';

export interface RecordedSpan {
  readonly id: string;
  readonly parentId: string;
  readonly service: string;
  readonly operation: string;
  readonly startUs: number;
  readonly durationUs: number;
  readonly hasFailed: boolean;
  /** The kind of database it asks, `postgresql`; empty for none. */
  readonly database: string;
}

/** @throws SyntaxError where the text is no JSON */
export function readSpans(text: string): readonly RecordedSpan[] {
  return documentsOf(text).flatMap((document) => [...openTelemetry(document), ...jaeger(document)]);
}

/** One document, or one a line as exporters write them. */
function documentsOf(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2) throw error;
    return lines.map((line) => JSON.parse(line) as unknown);
  }
}

/** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
function openTelemetry(document: unknown): readonly RecordedSpan[] {
  return listOf(at(document, 'resourceSpans')).flatMap((resource) => {
    const service = attribute(at(resource, 'resource', 'attributes'), 'service.name') ?? 'unknown';
    const scopes = listOf(at(resource, 'scopeSpans') ?? at(resource, 'instrumentationLibrarySpans'));
    return scopes
      .flatMap((scope) => listOf(at(scope, 'spans')))
      .map((span): RecordedSpan => {
        const [startUs, endUs] = [
          microseconds(at(span, 'startTimeUnixNano')),
          microseconds(at(span, 'endTimeUnixNano')),
        ];
        const trace = textOf(at(span, 'traceId')) ?? '';
        const parent = textOf(at(span, 'parentSpanId')) ?? '';
        const attributes = at(span, 'attributes');
        return {
          id: `${trace} ${textOf(at(span, 'spanId')) ?? ''}`,
          parentId: parent === '' ? '' : `${trace} ${parent}`,
          service,
          operation: textOf(at(span, 'name')) ?? 'unnamed',
          startUs,
          durationUs: Math.max(0, endUs - startUs),
          hasFailed: ['2', 'STATUS_CODE_ERROR'].includes(textOf(at(span, 'status', 'code')) ?? ''),
          database: attribute(attributes, 'db.system.name') ?? attribute(attributes, 'db.system') ?? '',
        };
      });
  });
}

/** Nanoseconds since 1970 are too many digits for a double: the last three are cut off as text. */
function microseconds(written: unknown): number {
  const text = textOf(written) ?? '0';
  return Number(/^\d{16,}$/.test(text) ? text.slice(0, -3) : Number(text) / 1000);
}

function attribute(attributes: unknown, key: string): string | undefined {
  const found = listOf(attributes).find((one) => at(one, 'key') === key);
  return textOf(at(found, 'value', 'stringValue'));
}

/** The form of Jaeger's API and of its page's download. */
function jaeger(document: unknown): readonly RecordedSpan[] {
  return listOf(at(document, 'data')).flatMap((trace) => {
    const processes = fieldsOf(at(trace, 'processes'));
    const traceId = textOf(at(trace, 'traceID')) ?? '';
    return listOf(at(trace, 'spans')).map((span): RecordedSpan => {
      const parent = listOf(at(span, 'references')).find((one) => at(one, 'refType') === 'CHILD_OF');
      const parentId = textOf(at(parent, 'spanID')) ?? '';
      const tag = (key: string): unknown =>
        at(
          listOf(at(span, 'tags')).find((one) => at(one, 'key') === key),
          'value',
        );
      return {
        id: `${traceId} ${textOf(at(span, 'spanID')) ?? ''}`,
        parentId: parentId === '' ? '' : `${traceId} ${parentId}`,
        service: textOf(at(processes[textOf(at(span, 'processID')) ?? ''], 'serviceName')) ?? 'unknown',
        operation: textOf(at(span, 'operationName')) ?? 'unnamed',
        startUs: numberOf(at(span, 'startTime')) ?? 0,
        durationUs: numberOf(at(span, 'duration')) ?? 0,
        hasFailed: tag('error') === true || tag('error') === 'true',
        database: textOf(tag('db.system')) ?? '',
      };
    });
  });
}
