import type { Report } from './validate.ts'

/** A validation report in the words of SiGa and SiVa (ETSI EN 319 102-1: TOTAL-PASSED, TOTAL-FAILED). */
export function conclusionOf({ files, signatures, problem }: Report, name: string): unknown {
  return {
    validationConclusion: {
      validationTime: new Date().toISOString(),
      signatureForm: 'ASiC-E',
      validatedDocument: { filename: name },
      signaturesCount: signatures.length,
      validSignaturesCount: signatures.filter((signature) => signature.problem === null).length,
      signatures: signatures.map(({ id, signer, at, covers, problem: why }) => ({
        id,
        signatureFormat: 'XAdES_BASELINE_LT',
        signatureLevel: 'QESIG',
        signedBy: signer ? `${signer.name}, ${signer.code}` : null,
        subjectDistinguishedName: { serialNumber: signer ? `PNOEE-${signer.code}` : null },
        indication: why === null ? 'TOTAL-PASSED' : 'TOTAL-FAILED',
        errors: why === null ? [] : [{ content: why }],
        signatureScopes: covers.map((file) => ({ name: file, scope: 'FullSignatureScope' })),
        info: { bestSignatureTime: at?.toISOString() ?? null },
      })),
      validationErrors: problem === null ? [] : [{ content: problem }],
      files: files.map(({ name: file }) => file),
    },
  }
}
