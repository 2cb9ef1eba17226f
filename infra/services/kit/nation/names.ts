/** Made-up people of Meremaa: names as awkward as real ones. Any likeness to living persons is chance. */
export const FAMILY_NAMES = [
  'Tamm', 'Saar', 'Sepp', 'Mägi', 'Kask', 'Kukk', 'Rebane', 'Ilves', 'Pärn', 'Koppel', 'Õunapuu', 'Ööbik', 'Üksik', 'Jõgi', 'Põld',
  'Kärner', 'Väli', 'Lõhmus', 'Raudsepp', 'Kivi', 'Laur', 'Mets', 'Nõmm', 'Oja', 'Peterson', 'Roos', 'Sild', 'Toom', 'Uibo', 'Vaher',
  'Žukov', 'Šarapova', 'Ivanov', 'Smirnova', 'Kuznetsov', 'Petrova', "O'Connor", "D'Angelo", 'McÜlle', 'van der Meer', 'Saar-Tamm', 'Mägi-Põld',
  'Tanaka', 'Satō', '山田', '鈴木', 'Ng', 'Le', 'Åkesson', 'Müller',
] as const

export const MALE_NAMES = [
  'Jaan', 'Mart', 'Tõnu', 'Jüri', 'Ülo', 'Kalle', 'Priit', 'Märt', 'Toomas', 'Andres', 'Rein', 'Peeter', 'Hendrik', 'Karl-Erik', 'Sergei',
  'Aleksandr', 'Dmitri', 'Seán', 'Jean-Luc', '健', '翔太', 'Kenji', 'Õnne', 'Uku', 'Ants',
] as const

export const FEMALE_NAMES = [
  'Mari', 'Liis', 'Kärt', 'Õie', 'Külli', 'Anne-Mai', 'Tiina', 'Maarja', 'Ülle', 'Hele', 'Kadri', 'Piret', 'Sirje', 'Leelo', 'Jelena',
  'Olga', 'Natalja', 'Siobhán', 'Zoë', '花子', '美咲', 'Yuki', 'Märta', 'Ingrid', 'Ene',
] as const

export const PLACES = [
  { town: 'Meresadam', county: 'Põhjarand', postcode: '10111' },
  { town: 'Kivilinn', county: 'Sisemaa', postcode: '20222' },
  { town: 'Õunaküla', county: 'Lõunamaa', postcode: '30333' },
  { town: 'Saarepea', county: 'Saared', postcode: '40444' },
  { town: 'Väike-Jõe', county: 'Sisemaa', postcode: '50555' },
  { town: 'Hommikuranna', county: 'Idarand', postcode: '60666' },
] as const

export const STREETS = [
  'Pikk', 'Lai', 'Sadama', 'Kooli', 'Mäe', 'Jõe', 'Õie', 'Pärna', 'Kirsi', 'Tööstuse', 'Ülikooli', 'Vana-Turu', 'Žürii', 'Rahu', 'Tähe',
] as const

export const EMPLOYERS = [
  'Meremaa Riik', 'Põhja Laevad AS', 'Kivilinna Haigla SA', 'Õunaküla Mahl OÜ', 'Sadama Kaubandus AS', 'Saarte Praamid AS', 'Tähe Tarkvara OÜ',
  'Meremaa Pank AS', 'Rannarahva Kala OÜ', 'Lõuna Puit AS', 'Kooli ja Lasteaia SA', 'Jõe Energia AS', 'Väike-Jõe Pagar OÜ', 'Hommiku Raadio SA',
  'Mäe Ehitus OÜ', "O'Connor & Sons OÜ", 'Žürii Kirjastus OÜ', 'Minato 港 Trading KK', 'Rahu Apteek OÜ', '100% Puhas OÜ',
] as const
