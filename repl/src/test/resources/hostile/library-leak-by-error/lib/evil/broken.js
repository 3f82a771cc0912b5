import { sleep } from 'hearth:time'; export const x = ;
