/** The product's version, from package.json; its own file because the bundler puts the text in when it builds. */
import packageJson from '../../package.json' with { type: 'json' };

export const version: string = packageJson.version;
