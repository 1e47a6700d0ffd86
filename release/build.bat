@echo off
rem Builds the program and its installer on one Windows PC. Its authors never ran it on Windows: see README.md.
rem Needs Python 3.11 (64-bit); for the installer NSIS 3 as well. PYTHON names another way to start Python.
rem   release\build.bat             libraries come over the Internet
rem   release\build.bat D:\wheels   libraries come from a folder of wheels, without the Internet
setlocal
cd /d "%~dp0.."
if not defined PYTHON set PYTHON=py -3.11
set SOURCE=--only-binary :all:
if not "%~1"=="" set SOURCE=--no-index --find-links "%~1"
%PYTHON% -m venv .venv-windows || exit /b 1
set OWN=.venv-windows\Scripts\python.exe
%OWN% -m pip install --require-hashes %SOURCE% -r requirements-dev.lock || exit /b 1
%OWN% -m PyInstaller --noconfirm build.spec || exit /b 1
dist\imc-desktop\imc-desktop-cli.exe self-test --output dist\self-test.pdf || exit /b 1
set "PATH=%PATH%;%ProgramFiles(x86)%\NSIS;%ProgramFiles%\NSIS"
%OWN% -m release.here
if %errorlevel% equ 3 exit /b 0
exit /b %errorlevel%
