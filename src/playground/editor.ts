/**
 * The scenario's editor: YAML with completion from the schema, mistakes underlined at their place.
 *
 * Its own file because it is the only one that knows CodeMirror. What is a mistake is the engine's to say; what may be
 * written, `completion.ts`'.
 */
import { autocompletion, type CompletionResult } from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { oneDarkHighlightStyle } from '@codemirror/theme-one-dark';
import { basicSetup, EditorView } from 'codemirror';
import type { Issue } from '../units/issue.js';
import { completionsAt } from './completion.js';
import { isDark, onTheme } from './theme.js';

export interface Editor {
  text(): string;
  /** Another text; what was undone before stays undone. */
  replace(text: string): void;
  /** What is wrong with the text as it stands. */
  showIssues(issues: readonly Issue[]): void;
  /** Puts the cursor where an issue is. */
  goTo(issue: Issue): void;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly schema: () => Readonly<Record<string, unknown>> | null;
  /** Heard when the text changes by typing or by `replace`. */
  readonly onChange: (text: string) => void;
}

export function openEditor({ parent, schema, onChange }: EditorOptions): Editor {
  const highlighting = new Compartment();
  // In a tree of its own the editor adopts its style sheets; in the document it would write style elements, which the
  // page's policy forbids.
  const root = parent.attachShadow({ mode: 'open' });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      extensions: [
        basicSetup,
        yaml(),
        highlighting.of(highlightStyle()),
        lintGutter(),
        autocompletion({
          override: [({ state, pos, explicit }) => completionsFor(schema(), state.doc.toString(), pos, explicit)],
        }),
        EditorView.contentAttributes.of({ 'aria-label': 'Scenario, YAML', tabindex: '0' }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString());
        }),
        EditorView.theme({
          '&': { height: '100%', backgroundColor: 'var(--ground)', color: 'var(--ink)', fontSize: '12px' },
          '.cm-content': { caretColor: 'var(--ink)' },
          '.cm-cursor': { borderLeftColor: 'var(--ink)' },
          '.cm-gutters': {
            backgroundColor: 'var(--soft)',
            color: 'var(--muted)',
            borderRight: '1px solid var(--grid)',
          },
          '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
          '&.cm-focused': { outline: '2px solid var(--platform-0)' },
          '.cm-tooltip': { backgroundColor: 'var(--ground)', border: '1px solid var(--muted)', color: 'var(--ink)' },
          '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--load) !important' },
        }),
      ],
    }),
  });
  onTheme(() => view.dispatch({ effects: highlighting.reconfigure(highlightStyle()) }));
  return {
    text: () => view.state.doc.toString(),
    replace: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    showIssues: (issues) => {
      const diagnostics = issues.map((issue) => diagnosticOf(issue, view.state));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    goTo: (issue) => {
      const { from } = placeOf(issue, view.state);
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      view.focus();
    },
  };
}

function highlightStyle(): ReturnType<typeof syntaxHighlighting> {
  return syntaxHighlighting(isDark() ? oneDarkHighlightStyle : defaultHighlightStyle);
}

function completionsFor(
  schema: Readonly<Record<string, unknown>> | null,
  text: string,
  position: number,
  isExplicit: boolean,
): CompletionResult | null {
  const found = schema && completionsAt(schema, text, position);
  if (!found || (!isExplicit && found.from === position)) return null;
  return {
    from: found.from,
    options: found.options.map(({ label, kind, detail }) => ({
      label,
      type: kind === 'key' ? 'property' : 'enum',
      ...(kind === 'key' ? { apply: `${label}: ` } : {}),
      ...(detail === '' ? {} : { detail }),
    })),
  };
}

function placeOf({ at, length = 1 }: Issue, { doc }: EditorState): { readonly from: number; readonly to: number } {
  const line = doc.line(Math.min(Math.max(1, at.line), doc.lines));
  const from = Math.min(line.to, line.from + at.column - 1);
  return { from, to: Math.min(line.to, from + length) };
}

function diagnosticOf(issue: Issue, state: EditorState): Diagnostic {
  return { ...placeOf(issue, state), severity: issue.severity, message: sentence(issue), source: issue.code };
}

export function sentence({ message, hint }: Issue): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}
