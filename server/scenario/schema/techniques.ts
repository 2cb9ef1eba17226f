import { meant, nearest } from '../diagnostics/diagnostics.ts'
import { TECHNIQUE_IDS } from './technique-ids.ts'

/** Written forms of MITRE ATT&CK (v19, April 2026) and ATLAS techniques, and of OWASP Top 10 2025 and LLM Top 10. */
export const TECHNIQUE = /^(T\d{4}(\.\d{3})?|AML\.T\d{4}(\.\d{3})?)$/
export const OWASP = /^(A|LLM)(0[1-9]|10)$/
/** A weakness of MITRE's Common Weakness Enumeration: https://cwe.mitre.org/data/index.html */
export const CWE = /^CWE-[1-9]\d{0,3}$/

/** Ids that v19 has no more, with what took their place: the ones people still write from memory. */
const REPLACED: Readonly<Record<string, string>> = {
  T1015: 'T1546.008',
  T1028: 'T1021.006',
  T1035: 'T1569.002',
  T1045: 'T1027.002',
  T1050: 'T1543.003',
  T1060: 'T1547.001',
  T1064: 'T1059',
  T1066: 'T1027.005',
  'T1070.001': 'T1685.005',
  'T1070.002': 'T1685.006',
  T1075: 'T1550.002',
  T1076: 'T1021.001',
  T1077: 'T1021.002',
  T1081: 'T1552.001',
  T1085: 'T1218.011',
  T1086: 'T1059.001',
  T1089: 'T1685',
  T1093: 'T1055.012',
  T1097: 'T1550.003',
  T1099: 'T1070.006',
  T1100: 'T1505.003',
  T1107: 'T1070.004',
  T1117: 'T1218.010',
  T1130: 'T1553.004',
  T1139: 'T1552.003',
  T1145: 'T1552.004',
  T1168: 'T1053',
  T1192: 'T1566.002',
  T1193: 'T1566.001',
  T1194: 'T1566.003',
  T1208: 'T1558.003',
  T1214: 'T1552.002',
  T1492: 'T1565.001',
  T1493: 'T1565.002',
  T1494: 'T1565.003',
  T1503: 'T1555.003',
  T1506: 'T1550.004',
  T1527: 'T1550.001',
  T1562: 'T1685` or `T1686',
}

/** Why it is none: what took its place (sub-techniques go with their parent), or the nearest that there is. */
export function unknownTechnique(technique: string): string {
  const parent = technique.replace(/\.\d{3}$/, '')
  const became = REPLACED[technique] ?? REPLACED[parent]
  if (became) return `\`${technique}\` is no technique of ATT&CK v19 any more; it became \`${became}\``
  const near = parent !== technique && TECHNIQUE_IDS.has(parent) ? parent : nearest(technique, TECHNIQUE_IDS)
  const where = technique.startsWith('AML.') ? 'ATLAS (2026.06)' : 'ATT&CK v19 for Enterprise'
  return `\`${technique}\` is no technique of ${where}${meant(near)}`
}
