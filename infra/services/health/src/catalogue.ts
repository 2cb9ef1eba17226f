import type { Text } from '../../kit/html.ts'

export const LOINC = 'http://loinc.org'
export const ATC = 'http://www.whocc.no/atc'
export const UCUM = 'http://unitsofmeasure.org'

/** What is measured. `low` and `high` are usual values, with `decimals`; `unit` is UCUM. */
export interface Measure {
  readonly name: Text
  readonly unit: string
  readonly low: number
  readonly high: number
  readonly decimals: number
  readonly category: 'vital-signs' | 'laboratory'
}

const measure = (
  [en, et, ja]: readonly [string, string, string],
  unit: string,
  [low, high, decimals]: readonly [number, number, number],
  category: Measure['category'] = 'laboratory',
): Measure => ({ name: { en, et, ja }, unit, low, high, decimals, category })

/** By LOINC code. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  '8480-6': measure(
    ['Systolic blood pressure', 'Süstoolne vererõhk', '収縮期血圧'],
    'mm[Hg]',
    [104, 158, 0],
    'vital-signs',
  ),
  '8462-4': measure(
    ['Diastolic blood pressure', 'Diastoolne vererõhk', '拡張期血圧'],
    'mm[Hg]',
    [62, 98, 0],
    'vital-signs',
  ),
  '8867-4': measure(['Heart rate', 'Pulsisagedus', '心拍数'], '/min', [56, 96, 0], 'vital-signs'),
  '8310-5': measure(['Body temperature', 'Kehatemperatuur', '体温'], 'Cel', [36.2, 38.9, 1], 'vital-signs'),
  '29463-7': measure(['Body weight', 'Kehakaal', '体重'], 'kg', [52, 104, 1], 'vital-signs'),
  '8302-2': measure(['Body height', 'Pikkus', '身長'], 'cm', [155, 196, 0], 'vital-signs'),
  '4548-4': measure(['HbA1c', 'Glükohemoglobiin (HbA1c)', 'HbA1c'], '%', [4.8, 8.4, 1]),
  '2339-0': measure(['Glucose in blood', 'Vere glükoos', '血糖'], 'mg/dL', [76, 168, 0]),
  '2093-3': measure(['Cholesterol', 'Kolesterool', '総コレステロール'], 'mg/dL', [138, 262, 0]),
  '718-7': measure(['Haemoglobin', 'Hemoglobiin', 'ヘモグロビン'], 'g/dL', [11.8, 16.4, 1]),
}

export const BLOOD_PRESSURE = '85354-9'
export const BLOOD_PRESSURE_NAME: Text = { en: 'Blood pressure', et: 'Vererõhk', ja: '血圧' }

const named = (en: string, et: string, ja: string): Text => ({ en, et, ja })

/** Medicines by ATC code. */
export const MEDICINES: Readonly<Record<string, Text>> = {
  A10BA02: named('Metformin', 'Metformiin', 'メトホルミン'),
  C09AA02: named('Enalapril', 'Enalapriil', 'エナラプリル'),
  C08CA01: named('Amlodipine', 'Amlodipiin', 'アムロジピン'),
  C10AA05: named('Atorvastatin', 'Atorvastatiin', 'アトルバスタチン'),
  J01CA04: named('Amoxicillin', 'Amoksitsilliin', 'アモキシシリン'),
  N02BE01: named('Paracetamol', 'Paratsetamool', 'パラセタモール'),
  R06AE07: named('Cetirizine', 'Tsetirisiin', 'セチリジン'),
  R03AC02: named('Salbutamol', 'Salbutamool', 'サルブタモール'),
  H03AA01: named('Levothyroxine', 'Levotüroksiin', 'レボチロキシン'),
}

/** Vaccines by ATC code, and at what ages in months children get them. */
export const VACCINES: Readonly<Record<string, { readonly name: Text; readonly months: readonly number[] }>> =
  {
    J07AN01: { name: named('Tuberculosis (BCG)', 'Tuberkuloos (BCG)', '結核（BCG）'), months: [0] },
    J07BH02: { name: named('Rotavirus', 'Rotaviirus', 'ロタウイルス'), months: [2, 3] },
    J07CA09: {
      name: named(
        'Diphtheria, tetanus, whooping cough, polio, Hib, hepatitis B',
        'Difteeria, teetanus, läkaköha, lastehalvatus, Hib, B-hepatiit',
        'ジフテリア・破傷風・百日せき・ポリオ・Hib・B型肝炎',
      ),
      months: [3, 5, 6, 24],
    },
    J07BD52: {
      name: named('Measles, mumps, rubella', 'Leetrid, mumps, punetised', '麻しん・おたふくかぜ・風しん'),
      months: [12, 156],
    },
    J07CA02: {
      name: named(
        'Diphtheria, tetanus, whooping cough, polio',
        'Difteeria, teetanus, läkaköha, lastehalvatus',
        'ジフテリア・破傷風・百日せき・ポリオ',
      ),
      months: [84],
    },
    J07BM03: {
      name: named('Human papillomavirus', 'Inimese papilloomiviirus', 'ヒトパピローマウイルス'),
      months: [150],
    },
    J07BB02: { name: named('Influenza', 'Gripp', 'インフルエンザ'), months: [] },
  }

/** Why people come, what is then measured, and what is prescribed. */
export interface Occasion {
  readonly name: Text
  readonly bloodPressure: boolean
  readonly measures: readonly string[]
  readonly medicine: string | null
  readonly dose: string
  readonly hospital: boolean
}

const occasion = (
  name: Text,
  bloodPressure: boolean,
  measures: readonly string[],
  [medicine, dose]: readonly [string | null, string] = [null, ''],
  hospital = false,
): Occasion => ({ name, bloodPressure, measures, medicine, dose, hospital })

export const OCCASIONS: readonly Occasion[] = [
  occasion(named('Health check', 'Tervisekontroll', '健康診断'), true, [
    '29463-7',
    '8302-2',
    '2093-3',
    '2339-0',
  ]),
  occasion(
    named('High blood pressure', 'Kõrgvererõhutõbi', '高血圧症'),
    true,
    ['8867-4'],
    ['C09AA02', '10 mg, 1 x 1'],
  ),
  occasion(
    named('Type 2 diabetes', 'II tüüpi diabeet', '2型糖尿病'),
    true,
    ['4548-4', '2339-0'],
    ['A10BA02', '500 mg, 2 x 1'],
  ),
  occasion(
    named('Acute bronchitis', 'Äge bronhiit', '急性気管支炎'),
    false,
    ['8310-5'],
    ['J01CA04', '500 mg, 3 x 1, 7 d'],
  ),
  occasion(named('Hay fever', 'Heinapalavik', '花粉症'), false, [], ['R06AE07', '10 mg, 1 x 1']),
  occasion(
    named('Raised cholesterol', 'Kõrge kolesterool', '脂質異常症'),
    false,
    ['2093-3'],
    ['C10AA05', '20 mg, 1 x 1'],
  ),
  occasion(
    named('Broken wrist', 'Randmeluumurd', '手首の骨折'),
    true,
    ['718-7'],
    ['N02BE01', '500 mg, 3 x 1, 5 d'],
    true,
  ),
]
export const CHECK_UP = named('Child health check', 'Lapse tervisekontroll', '乳幼児健診')
