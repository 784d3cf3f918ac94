import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../lib/theme.ts'
import '../tokens.css'
import './phone.css'
import { PhoneApp } from './PhoneApp.tsx'

const place = document.getElementById('root')
if (!place) throw new Error('phone.html has no #root')
createRoot(place).render(
  <StrictMode>
    <PhoneApp />
  </StrictMode>,
)
