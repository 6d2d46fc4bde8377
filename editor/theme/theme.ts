// Puts the tokens of a theme where pages and antd look for them.

import { theme as antd, type ThemeConfig } from 'antd'
import { type ThemeName, tokens } from './tokens.ts'

/** Makes the variables of CSS those of a theme. */
export function applyTheme(name: ThemeName): void {
  const root = document.documentElement
  root.style.colorScheme = name
  for (const [token, value] of Object.entries(tokens[name])) root.style.setProperty(`--${token}`, value)
}

/** @param told called at once, and whenever the system asks for another @returns what ends it */
export function followSystem(told: (name: ThemeName) => void): () => void {
  const query = window.matchMedia('(prefers-color-scheme: dark)')
  const follow = () => told(query.matches ? 'dark' : 'light')
  query.addEventListener('change', follow)
  follow()
  return () => query.removeEventListener('change', follow)
}

export function antdTheme(name: ThemeName): ThemeConfig {
  const of = tokens[name]
  return {
    algorithm: name === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: of.primary,
      colorInfo: of.primary,
      colorLink: of.blue,
      colorSuccess: of.green,
      colorWarning: of.amber,
      colorError: of.red,
      colorSuccessBg: of['good-ground'],
      colorWarningBg: of['warn-ground'],
      colorErrorBg: of['bad-ground'],
      colorSuccessBorder: of['good-line'],
      colorWarningBorder: of['warn-line'],
      colorErrorBorder: of['bad-line'],
      colorBgContainer: of.ground,
      colorBgElevated: name === 'dark' ? of.pale : of.ground,
      colorBorder: of.line,
      colorBorderSecondary: of.faint,
      colorText: of.ink,
      colorTextSecondary: of.quiet,
      colorTextDescription: of.quiet,
      colorTextTertiary: of.quiet,
      colorTextPlaceholder: of.quiet,
      fontSize: 13,
      borderRadius: 4,
      motion: false,
    },
    components: { Segmented: { trackBg: of.hover, itemSelectedBg: name === 'dark' ? of.chosen : of.ground, itemColor: of.quiet } },
  }
}
